import Auth
import Crypto
import HTTP

extension Endpoints {
    /// `GET /auth/sessions`: where the caller is signed in, newest first.
    static func sessions(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let request = try exchange.pageRequest()
        let page = try exchange.domain { service throws(AuthError) in
            try service.sessions(of: caller, request)
        }
        let response = exchange.json(page) { details in
            details.form(isCurrent: details.session.id == caller.session?.id)
        }
        return Answer(response, account: caller.account.id)
    }
}

extension SessionDetails {
    /// The public form of a session; nothing in it is a credential.
    fileprivate func form(isCurrent: Bool) -> JSONObject {
        var object = JSONObject()
        object.add("id", .string(session.id.description))
        object.add("device", .string(Device.label(ofUserAgent: userAgent)))
        object.add("userAgent", userAgent.map(JSON.string) ?? .null)
        object.add("address", address.map(JSON.string) ?? .null)
        object.add("createdAt", .string(session.createdAt.rfc3339))
        object.add("lastSeenAt", .string(lastSeenAt.rfc3339))
        object.add("expiresAt", .string(session.expiresAt.rfc3339))
        object.add("current", .bool(isCurrent))
        return object
    }
}
