package import Auth
import Crypto
package import JSON

extension RecordedEvent {
    /// An event as lists show it.
    package var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(event.id.description))
        object.add("time", .string(event.time.rfc3339))
        object.add("kind", .string(event.kind.rawValue))
        object.add("actor", event.actor.json)
        object.add("subject", event.subject.map { .string($0.description) } ?? .null)
        object.add("object", event.object.map { .string($0.description) } ?? .null)
        object.add("address", event.client.address.map(JSONValue.string) ?? .null)
        object.add("userAgent", event.client.agent.map(JSONValue.string) ?? .null)
        if event.details.data.bytes == nil {
            object.add("changes", .null)
        } else {
            object.add("changes", event.details.changes.map(\.json))
        }
        object.add("number", link.map { .integer($0.number) } ?? .null)
        return object
    }
}

extension EventActor {
    /// Who did it; members that do not apply are null.
    package var json: JSONObject {
        var (key, user): (UUID?, String?) = (nil, nil)
        switch self {
        case .apiKey(let id, of: _): key = id
        case .commandLine(let name): user = name.isEmpty ? nil : name
        case .account, .link, .server, .client: break
        }
        var object = JSONObject()
        object.add("kind", .string(kind))
        object.add("account", account.map { .string($0.description) } ?? .null)
        object.add("key", key.map { .string($0.description) } ?? .null)
        object.add("user", user.map(JSONValue.string) ?? .null)
        return object
    }
}

extension EventChange {
    /// A change of a named value.
    package var json: JSONObject {
        var object = JSONObject()
        object.add("name", .string(name))
        object.add("from", old.map(JSONValue.string) ?? .null)
        object.add("to", new.map(JSONValue.string) ?? .null)
        return object
    }
}
