import Crypto

/// A passkey that was added.
public struct NewPasskey: Sendable {
    /// The passkey.
    public let passkey: Passkey
    /// Ten recovery codes, which come with the first factor and are shown once; nil otherwise.
    public let recoveryCodes: [String]?
    /// The session of a sign-in that the factor completed; nil for a caller with a session.
    public let signedIn: SignedIn?
}

extension PasskeyService {
    /// Adds a passkey.
    ///
    /// - Parameters:
    ///   - registration: The response of the authenticator.
    ///   - name: As sent; "Passkey" for none.
    ///   - owner: Who began to add it, in the same session or sign-in.
    ///   - client: Where the request comes from.
    /// - Returns: The passkey; recovery codes with the first factor; the session of a sign-in.
    /// - Throws: `invalidInput`; `passkeysUnavailable`; as `AuthContext.enrolment`; `invalidChallenge`;
    ///   `invalidPasskey`, `limitReached`, after which another challenge is needed; `unavailable`.
    public func register(
        _ registration: PasskeyRegistration, name: TextInput, by owner: FactorOwner,
        from client: ClientContext
    ) throws(AuthError) -> NewPasskey {
        guard let ceremony = PasskeyCeremony(context) else { throw .passkeysUnavailable }
        let name = try Self.name(name)
        let enrolment = try context.enrolment(of: owner, from: client)
        let (id, keeper) = (UUID.random(), FactorKeeper(context))
        let outcome = try store.write { transaction throws(AuthError) -> ProofOutcome<Added> in
            let account = try enrolment.account(in: transaction)
            let (credential, passkey): (Credential, Passkey)
            do throws(AuthError) {
                (credential, passkey) = try ceremony.register(
                    registration, named: name, as: id, for: account,
                    boundTo: enrolment.binding, in: transaction)
            } catch  where error.isWrongProof {
                return .refused(error)
            }
            let added = try enrolment.add(
                credential, to: account, by: keeper, in: transaction)
            return .proven(Added(passkey: passkey, factor: added))
        }
        let added = try outcome.value()
        context.noteFactor(
            "passkey", of: enrolment.accountID, "\(id)", became: "added", by: enrolment.author)
        return NewPasskey(
            passkey: added.passkey, recoveryCodes: added.factor.isFirst ? keeper.texts : nil,
            signedIn: context.signedIn(added.factor, from: enrolment.client))
    }

    private struct Added: Sendable {
        let passkey: Passkey
        let factor: AddedFactor
    }

    /// The name as sent; that of any passkey where none, or a blank one, was sent.
    private static func name(_ input: TextInput) throws(AuthError) -> String {
        if input == .absent { return Passkey.standardName }
        if case .text(let text) = input, text.trimmingBlanks.isEmpty {
            return Passkey.standardName
        }
        var objections: [InvalidInput] = []
        guard let name = NameField.required(input, as: "name", &objections) else {
            throw .invalidInput(objections)
        }
        return name
    }
}
