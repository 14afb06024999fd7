import Auth
import Crypto
import JSON

extension Event {
    /// The event as an export has it.
    func exported(at link: Link) -> JSONObject {
        var object = JSONObject(capacity: 1_024)
        object.add("number", .integer(link.number))
        object.add("id", .string("\(id)"))
        object.add("time", .string(time.rfc3339))
        object.add("kind", .string(kind.rawValue))
        object.add("actor", actor.exported)
        object.add("subject", .id(subject))
        object.add("object", .id(self.object))
        object.add("client", client.data.exported(Self.clientMembers))
        object.add("details", details.data.exported(Self.detailsMembers))
        object.add("link", .string(Hex.encode(link.hash.bytes)))
        return object
    }

    /// The event of such an object, and its place; nil for any other object.
    static func exported(_ members: [String: JSONValue]) -> (Event, Link)? {
        guard members.count == 10, case .integer(let number)? = members["number"],
            let hash = members["link"]?.digest, let id = members["id"]?.id,
            let time = members["time"]?.text.flatMap(Timestamp.init(rfc3339:)),
            let kind = members["kind"]?.text.flatMap(EventKind.init(rawValue:)),
            case .object(let actor)? = members["actor"],
            let actor = EventActor(exported: actor),
            let subject = members["subject"]?.optionalID,
            let object = members["object"]?.optionalID,
            case .object(let client)? = members["client"],
            let client = PersonalData(exported: client, Self.clientFields),
            case .object(let details)? = members["details"],
            let details = PersonalData(exported: details, Self.detailsFields)
        else { return nil }
        let event = Event(
            id: id, time: time, kind: kind, actor: actor, subject: subject, object: object,
            client: EventClient(client), details: EventDetails(details))
        return (event, Link(number: number, hash: hash))
    }

    private static func clientMembers(
        _ fields: [String?], of object: inout JSONObject
    ) -> Bool {
        guard fields.count == 2 else { return false }
        object.add("address", .text(fields[0]))
        object.add("userAgent", .text(fields[1]))
        return true
    }

    private static func clientFields(_ members: [String: JSONValue]) -> [String?]? {
        guard members.count == 4, let address = members["address"]?.optionalText,
            let agent = members["userAgent"]?.optionalText
        else { return nil }
        return [address, agent]
    }

    private static func detailsMembers(
        _ fields: [String?], of object: inout JSONObject
    ) -> Bool {
        guard fields.count.isMultiple(of: 3) else { return false }
        let changes = stride(from: 0, to: fields.count, by: 3).compactMap { index in
            fields[index].map { name in
                var change = JSONObject()
                change.add("name", .string(name))
                change.add("from", .text(fields[index + 1]))
                change.add("to", .text(fields[index + 2]))
                return change
            }
        }
        guard changes.count * 3 == fields.count else { return false }
        object.add("changes", changes)
        return true
    }

    private static func detailsFields(_ members: [String: JSONValue]) -> [String?]? {
        guard members.count == 3, case .array(let changes)? = members["changes"] else { return nil }
        var fields: [String?] = []
        for change in changes {
            guard case .object(let change) = change, change.count == 3,
                let name = change["name"]?.text, let old = change["from"]?.optionalText,
                let new = change["to"]?.optionalText
            else { return nil }
            fields += [name, old, new]
        }
        return fields
    }
}

extension EventActor {
    /// Who did it; members that do not apply are null.
    fileprivate var exported: JSONObject {
        var (key, user): (UUID?, String?) = (nil, nil)
        switch self {
        case .apiKey(let id, of: _): key = id
        case .commandLine(let name): user = name
        case .account, .link, .server, .client: break
        }
        var object = JSONObject()
        object.add("kind", .string(kind))
        object.add("account", .id(account))
        object.add("key", .id(key))
        object.add("user", .text(user))
        return object
    }

    fileprivate init?(exported members: [String: JSONValue]) {
        guard members.count == 4, let account = members["account"]?.optionalID,
            let key = members["key"]?.optionalID, let user = members["user"]?.optionalText
        else { return nil }
        switch (members["kind"]?.text, account, key, user) {
        case ("account", let account?, nil, nil): self = .account(account)
        case ("key", let account?, let key?, nil): self = .apiKey(key, of: account)
        case ("command", nil, nil, let user?): self = .commandLine(user: user)
        case ("link", nil, nil, nil): self = .link
        case ("server", nil, nil, nil): self = .server
        case ("client", nil, nil, nil): self = .client
        default: return nil
        }
    }
}

extension PersonalData {
    /// The commitment, and salt and fields unless they are erased; their bytes where they are no fields, which
    /// the server never writes and an export must not hide.
    fileprivate func exported(
        _ members: ([String?], inout JSONObject) -> Bool
    ) -> JSONObject {
        var object = JSONObject()
        object.add("commitment", .string(Hex.encode(commitment.bytes)))
        guard let bytes else { return object }
        if let parts {
            var whole = object
            whole.add("salt", .string(Hex.encode(parts.salt)))
            if members(parts.fields, &whole) { return whole }
        }
        object.add("bytes", .string(Hex.encode(bytes)))
        return object
    }

    fileprivate init?(
        exported members: [String: JSONValue], _ fields: ([String: JSONValue]) -> [String?]?
    ) {
        guard let commitment = members["commitment"]?.digest else { return nil }
        if members.count == 1 {
            self.init(bytes: nil, commitment: commitment)
        } else if members.count == 2, let bytes = members["bytes"]?.hexBytes {
            self.init(bytes: bytes, commitment: commitment)
        } else {
            guard let salt = members["salt"]?.hexBytes, let fields = fields(members) else {
                return nil
            }
            self.init(salt: salt, fields: fields, commitment: commitment)
        }
    }
}

extension JSONValue {
    /// A string, or `null`.
    fileprivate static func text(_ text: String?) -> JSONValue { text.map(string) ?? .null }

    /// An id, or `null`.
    fileprivate static func id(_ id: UUID?) -> JSONValue { text(id.map { "\($0)" }) }

    /// The string that this is, or nil for `null`; nil itself for anything else.
    fileprivate var optionalText: String?? {
        self == .null ? .some(nil) : text.map(Optional.some)
    }

    fileprivate var id: UUID? { text.flatMap { UUID(parsing: $0.utf8) } }

    fileprivate var optionalID: UUID?? {
        self == .null ? .some(nil) : id.map(Optional.some)
    }

    /// The bytes of lower-case or upper-case hexadecimal digits.
    var hexBytes: [UInt8]? { text.flatMap { Hex.decode($0.utf8) } }

    fileprivate var digest: Digest? { hexBytes.flatMap { Digest(bytes: $0) } }
}
