import Auth
import HTTP

extension Endpoints {
    /// `GET /auth/me`: the caller's own account; also while it waits for approval.
    static func me(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.identifiedCaller(for: .read)
        return Answer(exchange.json(.ok, caller.record.profile), account: caller.account.id)
    }
}
