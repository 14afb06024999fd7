import Auth
import Crypto
import HTTP
import JSON
import Web

extension Endpoints {
    /// `GET /auth/sessions`: where the caller is signed in, newest first.
    static func sessions(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.sessions.sessions(of: caller, request)
        }
        let response = context.json(page) { details in
            var object = details.members(of: JSONObject())
            object.add("current", .bool(details.session.id == caller.session?.id))
            return object
        }
        return EndpointResult(response, account: caller.account.id)
    }
}

extension SessionDetails {
    /// An object with the public form of a session added; nothing in it is a credential.
    func members(of object: JSONObject) -> JSONObject {
        var object = object
        object.add("id", .string(session.id.description))
        object.add("device", .string(Device.label(ofUserAgent: userAgent)))
        object.add("userAgent", userAgent.map(JSONValue.string) ?? .null)
        object.add("address", address.map(JSONValue.string) ?? .null)
        object.add("createdAt", .string(session.createdAt.rfc3339))
        object.add("lastSeenAt", .string(lastSeenAt.rfc3339))
        object.add("expiresAt", .string(session.expiresAt.rfc3339))
        return object
    }
}
