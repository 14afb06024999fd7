import Auth
import Crypto
import JSON

/// One line of an export: an event with its place in the chain, or a checkpoint.
///
/// A line is one JSON object. What the chain holds of an event is computed from its members alone, so that a
/// program in another language can verify it: `docs/audit.md` states how.
enum ExportEntry: Equatable {
    /// An event.
    case event(Event, Link)
    /// A checkpoint: of the event before it.
    case checkpoint(SignedCheckpoint)

    /// The most bytes of a line that is read: an event with all it may have is much shorter.
    static let maximumLineBytes = 256 << 10
    /// A change of many names, each with three members.
    private static let limits = JSONLimits(depth: 8, values: 4_096)

    /// Reads a line without its line feed; nil for anything but what `encoded` writes.
    init?(line: [UInt8]) {
        guard case .object(let members)? = try? JSONValue.decode(line, limits: Self.limits) else {
            return nil
        }
        if case .object(let event)? = members["event"], members.count == 1 {
            guard let (event, link) = Event.exported(event) else { return nil }
            self = .event(event, link)
        } else {
            guard members.count == 3, let checkpoint = SignedCheckpoint(members) else { return nil }
            self = .checkpoint(checkpoint)
        }
    }

    /// The line, with its line feed.
    var encoded: [UInt8] {
        switch self {
        case .event(let event, let link):
            var object = JSONObject(capacity: 1_024)
            object.add("event", event.exported(at: link))
            return object.encoded() + [UInt8(ascii: "\n")]
        case .checkpoint(let checkpoint):
            return checkpoint.line
        }
    }
}

extension SignedCheckpoint {
    /// One JSON object, and a line feed: what exports and sinks get.
    var line: [UInt8] {
        var object = JSONObject(capacity: 640)
        object.add("checkpoint", .string(text))
        object.add("key", .string(Hex.encode(key)))
        object.add("signature", .string(Hex.encode(signature)))
        return object.encoded() + [UInt8(ascii: "\n")]
    }

    fileprivate init?(_ members: [String: JSONValue]) {
        guard let text = members["checkpoint"]?.text, let key = members["key"]?.hexBytes,
            let signature = members["signature"]?.hexBytes
        else { return nil }
        self.init(text: text, key: key, signature: signature)
    }
}
