/// Why a text is not a JSON value this server takes.
public enum JSONError: Error, Sendable, Equatable {
    /// Not JSON in UTF-8 (RFC 8259).
    case malformed
    /// An object names a member twice: readers differ in which one they take.
    case repeatedMember
    /// Arrays and objects are nested deeper than 32 levels.
    case tooDeep
    /// There are more than 512 members and elements.
    case tooMany
}

/// Why and where a text is not a JSON value this server takes.
public struct JSONFault: Error, Sendable, Equatable {
    /// Why.
    public let error: JSONError
    /// The line it was found in; the first is 1.
    public let line: Int
    /// The column of that line, in Unicode scalars; the first is 1.
    public let column: Int
    /// The name that is there twice; nil for other errors.
    public let member: String?

    /// A fault at a byte of a text.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - offset: The index of the byte; at most that of the end.
    ///   - text: The whole text.
    ///   - member: The name that is there twice.
    init(_ error: JSONError, at offset: Int, of text: [UInt8], member: String?) {
        let before = text[..<min(offset, text.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // A byte that continues a scalar begins no column.
        let scalars = before[lineStart...].count { $0 & 0xC0 != 0x80 }
        self.init(
            error, line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: scalars + 1,
            member: member)
    }

    /// A fault from its parts.
    public init(_ error: JSONError, line: Int, column: Int, member: String? = nil) {
        self.error = error
        self.line = line
        self.column = column
        self.member = member
    }
}
