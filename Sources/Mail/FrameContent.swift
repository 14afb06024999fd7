public import JSON

/// A value that a frame contains, as one JSON object.
public protocol FrameContent: Sendable {
    /// Reads the value; members that it does not know are ignored.
    ///
    /// - Throws: `malformed` when a member is missing or has the wrong type.
    init(_ members: FrameMembers) throws(FrameError)

    /// The object; what is absent is left out.
    var json: JSONObject { get }
}

/// The members of an object in a frame, read by type.
public struct FrameMembers {
    private let members: [String: JSONValue]

    /// The members of an object.
    ///
    /// - Throws: `malformed` for any other value.
    init(_ value: JSONValue) throws(FrameError) {
        guard case .object(let members) = value else { throw .malformed }
        self.members = members
    }

    /// A text.
    func text(_ name: String) throws(FrameError) -> String {
        guard let text = try optionalText(name) else { throw .malformed }
        return text
    }

    /// A text; nil when it is absent or null.
    func optionalText(_ name: String) throws(FrameError) -> String? {
        switch members[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw .malformed
        }
    }

    /// A case of an enumeration, by its raw value.
    func choice<Choice: RawRepresentable<String>>(
        _ name: String, of type: Choice.Type = Choice.self
    ) throws(FrameError) -> Choice {
        guard let choice = Choice(rawValue: try text(name)) else { throw .malformed }
        return choice
    }

    /// A number without a fraction.
    func integer<Number: FixedWidthInteger>(
        _ name: String, as type: Number.Type = Number.self
    ) throws(FrameError) -> Number {
        guard case .integer(let number)? = members[name], let exact = Number(exactly: number) else {
            throw .malformed
        }
        return exact
    }

    /// Whether something is so; absent for not.
    func flag(_ name: String) throws(FrameError) -> Bool {
        switch members[name] {
        case nil, .null: return false
        case .bool(let isSo): return isSo
        default: throw .malformed
        }
    }

    /// Texts by name.
    func texts(_ name: String) throws(FrameError) -> [String: String] {
        guard case .object(let values)? = members[name] else { throw .malformed }
        var texts: [String: String] = [:]
        for (name, value) in values {
            guard case .string(let text) = value else { throw .malformed }
            texts[name] = text
        }
        return texts
    }

    /// Another value.
    func value<Value: FrameContent>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(FrameError) -> Value {
        guard let value = try optional(name, as: type) else { throw .malformed }
        return value
    }

    /// Another value; nil when it is absent or null.
    func optional<Value: FrameContent>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(FrameError) -> Value? {
        guard let value = members[name], value != .null else { return nil }
        return try Value(try FrameMembers(value))
    }
}

extension JSONObject {
    /// Adds a text unless it is absent.
    mutating func add(_ name: String, text: String?) {
        if let text { add(name, .string(text)) }
    }

    /// Adds another value unless it is absent.
    mutating func add(_ name: String, value: (some FrameContent)?) {
        if let value { add(name, value.json) }
    }
}
