import JSON

/// What is wrong with a frame.
public enum FrameError: Error, Sendable, Equatable {
    /// It has more than `Frame.maximumBytes`.
    case tooLong
    /// It is not the JSON of what is expected.
    case malformed
}

/// One value on its way to or from the mailer: a JSON object on a line of its own.
///
/// To the mailer go one `MailerOpening`, then any number of `MailOrder` or `WebOrder`; from it come one
/// `MailerGreeting`, then a `MailReceipt` or `WebReceipt` for each order, in order. Where the
/// configuration wants the server tried and no mail sent, one receipt follows the greeting.
public enum Frame {
    /// The most bytes of a line, its line feed included.
    public static let maximumBytes = 64 << 10

    /// Writes a value as a line.
    ///
    /// - Returns: UTF-8 with a line feed at the end, and nowhere else.
    /// - Throws: When it is too long.
    public static func encode(_ value: some FrameContent) throws(FrameError) -> [UInt8] {
        // JSON writes a line feed within a text as an escape, so that none ends the line early.
        let line = value.json.encoded()
        guard line.count < maximumBytes else { throw .tooLong }
        return line + [UInt8(ascii: "\n")]
    }

    /// Reads a value out of a line.
    ///
    /// - Parameters:
    ///   - type: What is expected.
    ///   - line: Without its line feed.
    /// - Returns: The value.
    /// - Throws: When it is something else.
    public static func decode<Value: FrameContent>(
        _ type: Value.Type, from line: [UInt8]
    ) throws(FrameError) -> Value {
        let value: JSONValue
        do {
            value = try JSONValue.decode(line)
        } catch {
            throw .malformed
        }
        return try Value(try FrameMembers(value))
    }
}

/// Cuts a stream of bytes into lines.
public struct FrameBuffer: Sendable {
    private var bytes: [UInt8] = []
    /// How many bytes at the front contain no line feed.
    private var searched = 0

    /// A buffer without bytes.
    public init() {}

    /// Adds what was read from the stream.
    public mutating func append(_ more: some Collection<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Takes the next line out.
    ///
    /// - Returns: It, without its line feed; nil while its end has not been read.
    /// - Throws: When it is too long; the rest of the stream means nothing then.
    public mutating func next() throws(FrameError) -> [UInt8]? {
        let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n"))
        guard (end ?? bytes.count) < Frame.maximumBytes else { throw .tooLong }
        guard let end else {
            searched = bytes.count
            return nil
        }
        let line = Array(bytes[..<end])
        bytes.removeFirst(end + 1)
        searched = 0
        return line
    }
}
