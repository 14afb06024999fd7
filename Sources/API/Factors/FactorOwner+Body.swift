import Auth
import Crypto
import JSON
import Web

extension RequestContext {
    /// Who adds a factor: the client that signs in and has to add one first, by its `challenge`; without
    /// one the holder of a session.
    ///
    /// - Throws: Without a challenge as `caller(for:)`.
    func factorOwner(_ body: RequestBody) throws(RequestError) -> FactorOwner {
        guard body.has("challenge") else { return .caller(try caller(for: .person)) }
        return .pending(challenge: body.text("challenge"), signInClient(isForm: false))
    }
}

extension FactorOwner {
    /// The account, for the log; nil while it signs in.
    var account: UUID? {
        guard case .caller(let caller) = self else { return nil }
        return caller.account.id
    }
}
