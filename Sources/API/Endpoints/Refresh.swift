import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/refresh`: another JWT for the same session; where sessions slide, its cookie again
    /// with the new end.
    static func refresh(_ exchange: Exchange) throws(Problem) -> Answer {
        let cookie = exchange.sessionCookie
        let refreshed = try exchange.domain { service throws(AuthError) in
            try service.refresh(exchange.credential, cookie: cookie) {
                exchange.thread.allowance = $0
            }
        }
        var object = JSONObject()
        object.add("token", .string(refreshed.accessToken))
        object.add("user", refreshed.account.profile)
        var response = exchange.json(.ok, object)
        if let lifetime = refreshed.cookieLifetime, let cookie {
            exchange.set(
                cookie: String(decoding: cookie, as: UTF8.self), lifetime: lifetime, on: &response)
        }
        return Answer(response, account: refreshed.account.id)
    }
}
