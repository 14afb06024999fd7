import Auth
import Crypto
import HTTP
import JSON
import Web

extension ExplainedRefusal {
    /// The refusal for the owner, administrators and the operator.
    var json: JSONObject {
        var object = JSONObject()
        object.add("requestId", .string(String(decoding: refused.id, as: UTF8.self)))
        object.add("time", .string(refused.facts.time.rfc3339))
        object.add("method", refused.method.map { .string($0.rawValue) } ?? .null)
        object.add("route", refused.route.map(JSONValue.string) ?? .null)
        object.add("status", .integer(Int64(refused.status.rawValue)))
        object.add("code", refused.code.map { .string($0.rawValue) } ?? .null)
        object.add("reason", .string(refused.facts.reason.rawValue))
        object.add("client", refused.client.map { .string($0.description) } ?? .null)
        object.add("account", refused.facts.account.map { .string($0.description) } ?? .null)
        object.add(
            "explanation",
            .string(EnglishExplanations().sentences(self).joined(separator: " ")))
        object.add("until", until.map { .string($0.rfc3339) } ?? .null)
        object.add("clockAheadSeconds", clockAhead.map(JSONValue.integer) ?? .null)
        object.add("event", event.map { .string($0.id.description) } ?? .null)
        return object
    }

    private var until: Timestamp? {
        if case .limited(let time) = explanation { time } else { nil }
    }

    private var clockAhead: Int64? {
        if case .clockAhead(let seconds) = explanation { seconds } else { nil }
    }

    private var event: Event? {
        if case .event(let decisive) = explanation { decisive.event } else { nil }
    }
}
