package import Auth
import Crypto
package import JSON

extension QueuedMail {
    /// A mail of the outbox, for `--json` of the command line; never its content.
    package var json: JSONObject {
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
