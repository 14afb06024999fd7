import Crypto

/// What the record says of the factors of accounts: which they are, and never what they hold.
extension Transaction {
    /// Records a factor that was added, in a session or by a sign-in that waited for it.
    ///
    /// - Parameters:
    ///   - credential: The factor.
    ///   - present: What the account had before: an authenticator app takes the place of another.
    ///   - codes: The recovery codes that came with a first factor; nil for none.
    /// - Throws: `unavailable`.
    func recordAddition(
        of credential: Credential, besides present: [Credential], bringing codes: RecoveryCodes?
    ) throws(AuthError) {
        let isReplaced =
            credential.kind == .totp && present.contains { $0.kind == .totp }
        let kind = credential.kind.rawValue
        let changes = [
            EventChange(.factor, from: isReplaced ? kind : nil, to: kind),
            credential.name.map { EventChange(.name, to: $0) },
            codes.map { EventChange(.recoveryCodes, to: "\($0.count)") },
        ]
        try record(
            .factorAdded, of: credential.accountID, object: credential.id,
            by: .account(credential.accountID), changes.compactMap(\.self))
    }

    /// Records another name of a passkey.
    ///
    /// - Throws: `unavailable`.
    func recordRenaming(
        of credential: Credential, from former: String?
    ) throws(AuthError) {
        try record(
            .factorRenamed, of: credential.accountID, object: credential.id,
            [EventChange(.name, from: former, to: credential.name)])
    }

    /// Records a factor that its holder removed.
    ///
    /// - Throws: `unavailable`.
    func recordRemoval(of credential: Credential) throws(AuthError) {
        let changes = [
            EventChange(.factor, from: credential.kind.rawValue),
            credential.name.map { EventChange(.name, from: $0) },
        ]
        try record(
            .factorRemoved, of: credential.accountID, object: credential.id,
            changes.compactMap(\.self))
    }

    /// Removes all factors of an account, with its recovery codes.
    ///
    /// - Returns: How many credentials there were.
    /// - Throws: `unavailable`.
    @discardableResult
    func removeFactors(of accountID: UUID) throws(AuthError) -> Int {
        let factors = EnrolledFactors(try credentials(of: accountID))
        let count = try deleteCredentials(of: accountID)
        guard count > 0 else { return 0 }
        try record(.factorsReset, of: accountID, factors.removal)
        return count
    }
}

extension EnrolledFactors {
    /// What is said of them when all are removed.
    fileprivate var removal: [EventChange] {
        [
            hasTOTP ? EventChange(.factor, from: Credential.Kind.totp.rawValue) : nil,
            passkeys > 0 ? EventChange(.passkeys, from: "\(passkeys)", to: "0") : nil,
            hasRecoveryCodes ? EventChange(.recoveryCodes, to: "0") : nil,
        ].compactMap(\.self)
    }
}
