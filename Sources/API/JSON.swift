import FoundationEssentials

/// A JSON value (RFC 8259), as a request body or a configuration file holds it.
public enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without a fraction that fits, however it was written: `10`, `10.0`, `1e1`.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A string, its escapes resolved.
    case string(String)
    /// The elements, in order.
    case array([JSON])
    /// The members; their order is not kept.
    case object([String: JSON])

    /// How many arrays and objects may stand in each other.
    ///
    /// The decoder recurses, and it runs on small stacks.
    static let maximumDepth = 32
    /// How many members and elements there may be: the decoder spends microseconds on each.
    static let maximumValues = 512

    /// Reads one JSON text in UTF-8.
    ///
    /// `JSONDecoder` reads it; what that lets through and RFC 8259 does not is refused by a census
    /// of the text (``JSONCensus``).
    ///
    /// - Parameter bytes: The whole text; its size was bounded by whoever received it.
    /// - Returns: The value.
    /// - Throws: `malformed` for anything that is not JSON; `repeatedMember` when an object names a
    ///   member twice, where names are the same if they are canonically equivalent (`é` as one
    ///   scalar or as two); `tooDeep` past 32 levels; `tooMany` past 512 members and elements.
    public static func decode(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        let written = try JSONCensus(ofText: bytes)
        guard written.depth <= maximumDepth else { throw .tooDeep }
        guard written.members + written.commas <= maximumValues else { throw .tooMany }
        let value: JSON
        var data = Data(bytes)
        // Bodies hold passwords.
        defer { data.resetBytes(in: 0..<data.count) }
        do {
            value = try JSONDecoder().decode(JSON.self, from: data)
        } catch {
            throw .malformed
        }
        let understood = JSONCensus(ofValue: value)
        guard written.members == understood.members else { throw .repeatedMember }
        guard written.commas == understood.commas else { throw .malformed }
        return value
    }
}

extension JSON: Decodable {
    /// Reads a value of whatever kind stands there; ``decode(_:)`` is the strict way in.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let values = try? container.decode([JSON].self) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }
}
