import Auth
import Crypto
import JSON

/// Why a record of a file cannot be read: one sentence, with nothing of a hash or secret in it.
struct TransferProblem: Error, Equatable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// Reads the members of one JSON object; those that are absent are as if they were null.
struct TransferMembers {
    private let members: [String: JSONValue]

    init(_ members: [String: JSONValue]) {
        self.members = members
    }

    /// Refuses members that are not known here: a misspelt one would be lost in silence.
    ///
    /// - Throws: The first one by name.
    func allow(_ names: String...) throws(TransferProblem) {
        if let unknown = members.keys.sorted().first(where: { !names.contains($0) }) {
            throw TransferProblem("unknown member \(unknown.prefix(40))")
        }
    }

    /// The value of a member; nil for null.
    private subscript(name: String) -> JSONValue? {
        members[name].flatMap { $0 == .null ? nil : $0 }
    }

    /// A member as `read` understands its string; nil for null.
    ///
    /// - Throws: When it is something else.
    func optional<Value>(
        _ name: String, _ read: (String) -> Value?
    ) throws(TransferProblem) -> Value? {
        guard let value = self[name] else { return nil }
        guard let found = value.text.flatMap(read) else { throw Self.malformed(name) }
        return found
    }

    /// A member that has to be there, as `read` understands its string.
    ///
    /// - Throws: When it is absent, or something else.
    func required<Value>(
        _ name: String, _ read: (String) -> Value?
    ) throws(TransferProblem) -> Value {
        guard let found = try optional(name, read) else { throw TransferProblem("no \(name)") }
        return found
    }

    /// A string; nil for null.
    func text(_ name: String) throws(TransferProblem) -> String? { try optional(name) { $0 } }

    /// An id; nil for null.
    func id(_ name: String) throws(TransferProblem) -> UUID? {
        try optional(name) { UUID(parsing: $0.utf8) }
    }

    /// A time; nil for null.
    func time(_ name: String) throws(TransferProblem) -> Timestamp? {
        try optional(name) { Timestamp(rfc3339: $0) }
    }

    /// One of the words of an enumeration; nil for null.
    func choice<Value: RawRepresentable<String>>(
        _ name: String
    ) throws(TransferProblem) -> Value? {
        try optional(name) { Value(rawValue: $0) }
    }

    /// A boolean; nil for null.
    func bool(_ name: String) throws(TransferProblem) -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .bool(let bool) = value else { throw Self.malformed(name) }
        return bool
    }

    /// A whole number within bounds; nil for null.
    func integer(
        _ name: String, _ bounds: ClosedRange<Int64>
    ) throws(TransferProblem) -> Int64? {
        guard let value = self[name] else { return nil }
        guard case .integer(let number) = value, bounds.contains(number) else {
            throw Self.malformed(name)
        }
        return number
    }

    /// The objects of an array; none for null.
    func objects(_ name: String) throws(TransferProblem) -> [TransferMembers] {
        guard let value = self[name] else { return [] }
        guard case .array(let elements) = value else { throw Self.malformed(name) }
        return try elements.map { element throws(TransferProblem) in
            guard case .object(let members) = element else { throw Self.malformed(name) }
            return TransferMembers(members)
        }
    }

    /// The members of an object; nil for null.
    func members(_ name: String) throws(TransferProblem) -> TransferMembers? {
        guard let value = self[name] else { return nil }
        guard case .object(let members) = value else { throw Self.malformed(name) }
        return TransferMembers(members)
    }

    /// The strings of an array; none for null.
    func texts(_ name: String) throws(TransferProblem) -> [String] {
        guard let value = self[name] else { return [] }
        guard case .array(let elements) = value else { throw Self.malformed(name) }
        return try elements.map { element throws(TransferProblem) in
            guard let text = element.text else { throw Self.malformed(name) }
            return text
        }
    }

    static func malformed(_ name: String) -> TransferProblem {
        TransferProblem("malformed \(name)")
    }
}
