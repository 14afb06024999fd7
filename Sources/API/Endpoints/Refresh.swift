import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `POST /auth/refresh`: another JWT for the same session; where sessions slide, its cookie again
    /// with the new end.
    static func refresh(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let cookie = context.sessionCookie
        let refreshed = try context.domain { service throws(AuthError) in
            try service.signIn.refresh(context.credential, cookie: cookie) {
                context.note($0)
            }
        }
        var object = JSONObject()
        object.add("token", .string(refreshed.accessToken))
        object.add("user", refreshed.account.profile)
        var response = context.json(.ok, object)
        if let lifetime = refreshed.cookieLifetime, let cookie {
            context.set(
                cookie: String(decoding: cookie, as: UTF8.self), lifetime: lifetime, on: &response)
        }
        return EndpointResult(response, account: refreshed.account.id)
    }
}
