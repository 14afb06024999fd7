import Crypto

/// What follows when the factors of an account change, whichever factor it is.
extension Transaction {
    /// Ends what relied on the factors as they were: trusted browsers, and all steps that were begun.
    func endReliance(onFactorsOf accountID: UUID) throws(AuthError) {
        try endTrust(of: accountID)
        try deleteChallenges(of: accountID)
    }

    /// Adds a factor; the first one brings recovery codes.
    ///
    /// - Parameters:
    ///   - credential: An authenticator app, in place of a present one, or a passkey.
    ///   - account: The account, which is notified.
    ///   - codes: The recovery codes of an account that has no factor yet.
    ///   - client: Where the request comes from.
    ///   - vault: Seals the codes.
    ///   - mail: Writes the notice.
    /// - Returns: Whether it was the first factor.
    /// - Throws: `limitReached` when the authenticator has the passkey already; `unavailable`.
    func addFactor(
        _ credential: Credential, to account: Account, bringing codes: RecoveryCodes,
        from client: ClientContext, by vault: FactorVault, mail: MailWriter
    ) throws(AuthError) -> Bool {
        let present = try credentials(of: account.id)
        let isFirst = !present.contains(where: \.kind.isFactor)
        if credential.kind == .totp {
            for former in present where former.kind == .totp {
                _ = try deleteCredential(former.id, of: account.id)
            }
        }
        try insert(credential)
        if isFirst { try replaceRecoveryCodes(of: account.id, by: codes, sealing: vault) }
        try recordAddition(of: credential, besides: present, bringing: isFirst ? codes : nil)
        try endReliance(onFactorsOf: account.id)
        try announceFactorAdded(
            credential.kind == .totp ? .totp : .passkey, named: credential.name, to: account,
            from: client, by: mail)
        return isFirst
    }

    /// Removes a factor; recovery codes go with the last one.
    ///
    /// - Parameters:
    ///   - credential: An authenticator app, or a passkey.
    ///   - account: The account, which is notified.
    ///   - client: Where the request comes from.
    ///   - mail: Writes the notice.
    /// - Throws: `notFound` when it is gone already: of two that remove it, one wins; `unavailable`.
    func removeFactor(
        _ credential: Credential, from account: Account, from client: ClientContext,
        mail: MailWriter
    ) throws(AuthError) {
        guard try deleteCredential(credential.id, of: account.id) else { throw .notFound }
        let left = try credentials(of: account.id)
        try recordRemoval(of: credential)
        if !left.contains(where: \.kind.isFactor) { try deleteCredentials(of: account.id) }
        try endReliance(onFactorsOf: account.id)
        try announceFactorRemoved(
            credential.kind == .totp ? .totp : .passkey, named: credential.name, from: account,
            from: client, by: mail)
    }
}

extension AuthContext {
    /// Records a committed change of what an account is proven with.
    ///
    /// - Parameters:
    ///   - name: What changed: `totp`, `recoveryCodes`, `passkey`, `password`, `factors`.
    ///   - id: The account.
    ///   - old: What it was: the id of a passkey, or how many there were.
    ///   - new: What became of it.
    ///   - author: Who changed it.
    func noteFactor(
        _ name: String, of id: UUID, _ old: String = "-", became new: String,
        by author: AdministrativeChange.Author
    ) {
        journal.changes.append(
            AdministrativeChange(name: name, account: id, old: old, new: new, author: author))
    }
}
