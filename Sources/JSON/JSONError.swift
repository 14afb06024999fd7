/// Why, and where, a text is not the JSON that is read here.
public struct JSONError: Error, Sendable, Equatable {
    /// The rule that is broken.
    public enum Reason: Sendable, Equatable {
        /// Not the grammar of RFC 8259, or the text ends early, or something follows the value.
        case syntax
        /// A string that is not UTF-8, or that escapes half of a surrogate pair.
        case encoding
        /// An object has two members of this name: readers differ in which one they take.
        case repeatedMember(String)
        /// Arrays and objects are nested deeper than `JSONLimits.depth`.
        case tooDeep
        /// There are more members and elements than `JSONLimits.values`.
        case tooMany
        /// A value of another type than expected; a number with a fraction or an exponent is not an
        /// integer.
        case wrongType
        /// An integer beyond 2^53 - 1 either way.
        case outOfRange
    }

    /// The rule that is broken.
    public let reason: Reason
    /// The index of the byte where that was found; the length of the text at its end.
    public let offset: Int

    /// An error at a byte of a text.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// A position in a text, as editors show it.
public struct TextPosition: Sendable, Equatable {
    /// The line; the first is 1.
    public let line: Int
    /// The column, in Unicode scalars; the first is 1.
    public let column: Int

    /// A position by its numbers.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The position of a byte.
    ///
    /// - Parameters:
    ///   - offset: The index of the byte; that of the end for anything behind it.
    ///   - text: The whole text.
    public init(of offset: Int, in text: [UInt8]) {
        let before = text[..<min(offset, text.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        // A byte that continues a scalar begins no column.
        column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    }
}
