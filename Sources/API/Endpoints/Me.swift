import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/me`: the caller's own account; also while it waits for approval.
    static func me(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.identifiedCaller(for: .read)
        return EndpointResult(context.json(.ok, caller.record.profile), account: caller.account.id)
    }
}
