package import Auth
import Crypto
package import JSON

/// The items of lists as the HTTP API answers them, for `--json` of the command line.
extension Account {
    /// As `GET /auth/users` lists it.
    package var listed: JSONObject { profile }
}

extension Invite {
    /// As `GET /auth/invites` lists it.
    package var listed: JSONObject { members(of: JSONObject()) }
}

extension SessionDetails {
    /// As `GET /auth/sessions` lists it, but for whether it is the caller's own.
    package var listed: JSONObject { members(of: JSONObject()) }
}

extension OwnedAPIKey {
    /// As `GET /auth/api-keys` lists it, and whose it is.
    package var listed: JSONObject {
        var object = details.members(of: JSONObject())
        object.add("email", .string(email.address))
        return object
    }
}

extension QueuedMail {
    /// What the outbox holds; never what the mail says.
    package var listed: JSONObject {
        var object = JSONObject()
        object.add("id", .string(mail.id.description))
        object.add("kind", .string(mail.kind.rawValue))
        object.add("recipient", .string(mail.recipient.address))
        object.add("createdAt", .string(mail.createdAt.rfc3339))
        object.add("attempts", .integer(Int64(attempts)))
        object.add("nextAttemptAt", nextAttemptAt.map { .string($0.rfc3339) } ?? .null)
        object.add("lastError", lastError.map(JSONValue.string) ?? .null)
        return object
    }
}
