package import Auth

extension RequestContext {
    /// Who adds a factor: the client that signs in and has to add one first, by its `challenge`; without
    /// one the holder of a session.
    ///
    /// - Throws: Without a challenge as `caller(for:)`.
    package func factorOwner(_ body: RequestBody) throws(RequestError) -> FactorOwner {
        guard body.has("challenge") else { return .caller(try caller(for: .person)) }
        return .pending(
            challenge: body.text("challenge"), signInClient(isForm: body.isForm))
    }
}

extension FactorOwner {
    /// The account of a session; nil for a sign-in, whose account the domain knows.
    package var account: Account? {
        guard case .caller(let caller) = self else { return nil }
        return caller.account
    }
}
