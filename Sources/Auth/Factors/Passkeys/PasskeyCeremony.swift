import Crypto

/// The ceremonies of passkeys, each in the transaction that acts on its outcome.
struct PasskeyCeremony: Sendable {
    private let verifier: PasskeyVerifier
    private let vault: FactorVault

    /// Creates the ceremonies of a site; nil where passkeys cannot be used.
    init?(_ context: AuthContext) {
        guard let rpID = context.passkeyAvailability.rpID else { return nil }
        verifier = PasskeyVerifier(rpID: rpID, origin: context.websiteURL)
        vault = context.vault
    }

    /// A passkey that was used.
    struct Used: Sendable {
        let accountID: UUID
        let factor: ProvenFactor
    }

    /// Proves a known account by one of its passkeys.
    ///
    /// - Parameters:
    ///   - assertion: As sent.
    ///   - account: The account.
    ///   - occasion: What it is proven for.
    ///   - transaction: Uses up the challenge; commits also when the passkey is refused.
    /// - Returns: What was proven.
    /// - Throws: `invalidChallenge` for a challenge that was not made for this; `invalidPasskey` for a passkey of
    ///   another account, and for one that breaks a rule; `unavailable`.
    func prove(
        _ assertion: PasskeyAssertion, of account: Account, for occasion: PasskeyOccasion,
        in transaction: any Transaction
    ) throws(AuthError) -> ProvenFactor {
        let challenge = try verifier.challenge(in: assertion.clientData)
        try transaction.takePasskeyChallenge(
            challenge, for: .passkeyProof, of: account.id, boundTo: occasion.binding)
        let passkey = try transaction.passkey(assertion.handle)
        guard let passkey, passkey.accountID == account.id else { throw Self.unknown }
        // Without a password the passkey is both factors.
        let isAlone = try transaction.credential(account.id)?.hasPassword != true
        return try use(
            passkey, assertion, of: challenge, requiresUser: isAlone, in: transaction)
    }

    /// Signs in with a passkey, which says whose it is.
    ///
    /// - Parameters:
    ///   - assertion: As sent.
    ///   - transaction: As for `prove`.
    /// - Returns: The account, and what was proven: two factors, since the device verified its user.
    /// - Throws: As `prove`.
    func signIn(
        _ assertion: PasskeyAssertion, in transaction: any Transaction
    ) throws(AuthError) -> Used {
        let challenge = try verifier.challenge(in: assertion.clientData)
        try transaction.takePasskeyChallenge(challenge, for: .passkeySignIn, of: nil)
        // The authenticator names the account, too (WebAuthn Level 3 §7.2, step 6).
        guard let passkey = try transaction.passkey(assertion.handle),
            assertion.userHandle == passkey.accountID.octets
        else { throw Self.unknown }
        let factor = try use(
            passkey, assertion, of: challenge, requiresUser: true, in: transaction)
        return Used(accountID: passkey.accountID, factor: factor)
    }

    /// Verifies a new passkey of an account.
    ///
    /// - Parameters:
    ///   - registration: As sent.
    ///   - name: Its name.
    ///   - id: Its id.
    ///   - account: The account.
    ///   - binding: What the challenge is bound to.
    ///   - transaction: As for `prove`.
    /// - Returns: The credential, not stored, and the passkey.
    /// - Throws: `invalidChallenge`; `limitReached`; `invalidPasskey` for a passkey that an account has, and for
    ///   one that breaks a rule; `unavailable`.
    func register(
        _ registration: PasskeyRegistration, named name: String, as id: UUID,
        for account: Account, boundTo binding: [UInt8], in transaction: any Transaction
    ) throws(AuthError) -> (credential: Credential, passkey: Passkey) {
        let challenge = try verifier.challenge(in: registration.clientData)
        try transaction.takePasskeyChallenge(
            challenge, for: .passkeyRegistration, of: account.id, boundTo: binding)
        let present = try transaction.credentials(of: account.id)
        guard present.count(where: { $0.kind == .passkey }) < Passkey.maximumPerAccount else {
            throw .limitReached
        }
        let record = try verifier.verify(registration, of: challenge)
        guard try transaction.passkey(registration.handle) == nil else { throw Self.known }
        let credential = Credential(
            id: id, accountID: account.id, kind: .passkey, handle: registration.handle,
            name: name,
            data: try vault.seal(record.data, for: account.id, id, .passkey, in: transaction),
            createdAt: transaction.now)
        return (credential, Passkey(credential, record))
    }

    /// Verifies an assertion, and keeps what it says of the passkey.
    private func use(
        _ passkey: Credential, _ assertion: PasskeyAssertion, of challenge: [UInt8],
        requiresUser: Bool, in transaction: any Transaction
    ) throws(AuthError) -> ProvenFactor {
        var passkey = passkey
        let seen = try verifier.verify(
            assertion, of: challenge, by: passkey, transaction.record(of: passkey, opening: vault),
            requiresUser: requiresUser)
        passkey.data = try vault.seal(
            seen.record.data, for: passkey.accountID, passkey.id, .passkey, in: transaction)
        passkey.lastUsedAt = transaction.now
        try transaction.update(passkey)
        return ProvenFactor(methods: seen.methods)
    }

    /// Unknown, or of another account: clients are not told which.
    private static let unknown = AuthError.invalidPasskey(PasskeyRefusal(.passkeyUnknown))
    private static let known = AuthError.invalidPasskey(
        PasskeyRefusal(.passkeyRefused, sentence: "This passkey was added before"))
}
