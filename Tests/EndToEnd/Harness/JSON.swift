import FoundationEssentials

/// A JSON value, parsed by another implementation than the server's.
enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// Any number.
    case number(Double)
    /// A string.
    case string(String)
    /// The elements.
    case array([JSON])
    /// The members.
    case object([String: JSON])

    /// Parses a text.
    ///
    /// - Throws: When it is not JSON.
    init(_ text: [UInt8]) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text))
    }

    /// The text in UTF-8.
    var encoded: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }

    /// A member of an object; nil without it.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The names of an object's members.
    var names: Set<String> {
        guard case .object(let members) = self else { return [] }
        return Set(members.keys)
    }

    /// The string; nil for another value.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements of an array; none for another value.
    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The number; nil for another value.
    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// An object with some members replaced.
    func with(_ members: [String: JSON]) -> JSON {
        guard case .object(let present) = self else { return self }
        return .object(present.merging(members) { $1 })
    }

    /// An object without a member.
    func without(_ name: String) -> JSON {
        guard case .object(var members) = self else { return self }
        members[name] = nil
        return .object(members)
    }
}

extension JSON: Codable {
    /// Decodes any value.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    /// Encodes the value.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    init(nilLiteral: ()) { self = .null }
    /// A truth value.
    init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A string.
    init(stringLiteral value: String) { self = .string(value) }
    /// An array.
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object.
    init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(members) { $1 })
    }
}
