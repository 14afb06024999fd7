import Auth
import HTTP
import JSON
import Web

extension RequestContext {
    /// The response with another JWT of the session, which sets its cookie again where that is renewed.
    func renewed(_ refreshed: Refreshed) -> Response {
        var object = JSONObject()
        object.add("token", .string(refreshed.accessToken))
        object.add("user", refreshed.account.json)
        var response = json(.ok, object)
        if let lifetime = refreshed.cookieLifetime, let cookie = sessionCookie {
            set(cookie: String(decoding: cookie, as: UTF8.self), lifetime: lifetime, on: &response)
        }
        return response
    }
}
