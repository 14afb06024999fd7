/// A JSON value (RFC 8259), as request bodies, files and log lines contain it.
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

    /// Reads one JSON text in UTF-8; a byte order mark before it is ignored (RFC 8259 §8.1).
    ///
    /// - Parameters:
    ///   - bytes: The whole text; its size was bounded when it was received.
    ///   - limits: How much of it is read.
    /// - Returns: The value.
    /// - Throws: Why it is not JSON, or not what is read here: an object that names a member twice,
    ///   where names are the same if they are canonically equivalent (`é` as one scalar or as two),
    ///   or more than the limits.
    public static func decode(
        _ bytes: [UInt8], limits: JSONLimits = .document
    ) throws(JSONError) -> JSONValue {
        var reader = JSONValueReader(limits: limits)
        return try reader.read(bytes.span)
    }
}
