/// A JSON value (RFC 8259), as a request body or a configuration file holds it.
public enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without a fraction that fits, however it was written: `10`, `10.0`, `1e1`.
    case integer(Int64)
    /// Any other number; infinite where it is larger than a `Double` can be (`1e999`).
    case number(Double)
    /// A string, its escapes resolved.
    case string(String)
    /// The elements, in order.
    case array([JSONValue])
    /// The members; their order is not kept.
    case object([String: JSONValue])

    /// How many arrays and objects may be nested: the reader recurses, and runs on small stacks.
    static let maximumDepth = 32
    /// How many members and elements there may be.
    public static let maximumValues = 512

    /// Reads one JSON text in UTF-8; a byte order mark before it is ignored (RFC 8259 §8.1).
    ///
    /// - Parameters:
    ///   - bytes: The whole text; its size was bounded by whoever received it.
    ///   - maximumValues: How many members and elements there may be.
    /// - Returns: The value.
    /// - Throws: `malformed` for anything that is not JSON; `repeatedMember` when an object names a
    ///   member twice, where names are the same if they are canonically equivalent (`é` as one
    ///   scalar or as two); `tooDeep` past 32 levels; `tooMany` past that many members and elements.
    public static func decode(
        _ bytes: [UInt8], maximumValues: Int = maximumValues
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes, maximumValues: maximumValues)
        return try reader.read()
    }

    /// Reads one JSON text as `decode(_:)` does, and says where it is at fault.
    ///
    /// - Parameter bytes: The whole text.
    /// - Returns: The value.
    /// - Throws: The first fault.
    public static func decode(locatingFaultsIn bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes, maximumValues: maximumValues)
        do throws(JSONError) {
            return try reader.read()
        } catch {
            throw JSONFault(
                error, at: reader.position, of: bytes, member: reader.repeatedMember)
        }
    }
}
