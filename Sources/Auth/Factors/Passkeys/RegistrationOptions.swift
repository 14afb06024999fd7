import Crypto
import WebAuthn

extension PasskeyService {
    /// Begins to add a passkey.
    ///
    /// - Parameters:
    ///   - owner: Who adds it.
    ///   - password: As sent: a fresh proof for an account without a second factor.
    ///   - client: Where the request comes from.
    /// - Returns: What the browser needs; good for five minutes, once, and in the same session or sign-in.
    /// - Throws: `passkeysUnavailable`; as `AuthContext.enrolment`; `limitReached`; `unauthenticated` when
    ///   session or account ended.
    public func registrationOptions(
        by owner: FactorOwner, password: TextInput, from client: ClientContext
    ) throws(AuthError) -> RegistrationOptions {
        let rpID = try context.requirePasskeys()
        let enrolment = try context.enrolment(of: owner, password: password, from: client)
        let challenge = Random.bytes(PasskeyChallenge.count)
        let (vault, name) = (vault, context.site.name.text)
        return try store.write { transaction throws(AuthError) in
            let account = try enrolment.account(in: transaction)
            let present = try transaction.passkeyDescriptors(of: account.id, opening: vault)
            guard present.count < Passkey.maximumPerAccount else { throw .limitReached }
            try transaction.begin(
                PasskeyChallenge.new(
                    challenge, for: .passkeyRegistration, of: account.id,
                    in: enrolment.sessionID, boundTo: enrolment.binding, at: transaction.now))
            return RegistrationOptions(
                rpID: rpID, rpName: name, userHandle: account.id.octets,
                email: account.email.address, name: account.name, challenge: challenge,
                algorithms: PublicKey.Algorithm.allCases.map(\.rawValue),
                lifetime: PasskeyChallenge.lifetime,
                excluded: present)
        }
    }
}

extension Transaction {
    /// The passkeys of an account, as a browser names them.
    func passkeyDescriptors(
        of accountID: UUID, opening vault: FactorVault
    ) throws(AuthError) -> [PasskeyDescriptor] {
        try credentials(of: accountID).filter { $0.kind == .passkey }.map {
            credential throws(AuthError) in
            PasskeyDescriptor(
                handle: credential.handle ?? [],
                transports: try record(of: credential, opening: vault).transports.names)
        }
    }
}
