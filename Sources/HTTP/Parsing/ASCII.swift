import Bytes

/// The bytes named by the grammar of HTTP (RFC 5234 appendix B.1, RFC 9110 §5.6.2).
extension UInt8 {
    /// HTAB.
    static var tab: UInt8 { 0x09 }
    /// LF.
    static var lineFeed: UInt8 { 0x0A }
    /// CR.
    static var carriageReturn: UInt8 { 0x0D }
    /// SP.
    static var space: UInt8 { 0x20 }
    /// The colon, which ends a field name.
    static var colon: UInt8 { 0x3A }

    /// Whether this is a space or a tab, the bytes of OWS (RFC 9110 §5.6.3).
    var isWhiteSpace: Bool { self == .space || self == .tab }

    /// Whether this is a control character other than tab, carriage return and line feed: these are not
    /// allowed anywhere in a head.
    var isControl: Bool {
        switch self {
        case .tab, .lineFeed, .carriageReturn: false
        case 0..<0x20, 0x7F: true
        default: false
        }
    }

    /// Whether this byte may occur in a field value: VCHAR, SP, HTAB or obs-text (RFC 9110 §5.5).
    var isFieldContent: Bool {
        switch self {
        case .tab, 0x20...0x7E, 0x80...0xFF: true
        default: false
        }
    }

    /// Whether this is a tchar (RFC 9110 §5.6.2): letters, digits and `!#$%&'*+-.^_`|~`.
    var isToken: Bool {
        // One bit for each byte: two tests instead of a dozen comparisons for each byte of a name.
        let tokens: UInt64 =
            self < 64 ? 0x03FF_6CFA_0000_0000 : self < 128 ? 0x57FF_FFFF_C7FF_FFFE : 0
        return tokens >> UInt64(self & 63) & 1 == 1
    }

}

extension Span<UInt8> {
    /// Whether these bytes equal the given lower-case text, ignoring the case of ASCII letters.
    func spells(_ text: String) -> Bool {
        let expected = text.utf8Span.span
        guard count == expected.count else { return false }
        for index in indices where self[index].lowercased != expected[index] { return false }
        return true
    }

    /// Whether these bytes equal the given text, with letter case.
    func equals(_ text: String) -> Bool {
        let expected = text.utf8Span.span
        guard count == expected.count else { return false }
        for index in indices where self[index] != expected[index] { return false }
        return true
    }

    /// The end of the run of field content that begins at a position.
    ///
    /// Field values are most of a head, so they are checked eight bytes at a time; only a word that
    /// contains a control byte is checked byte by byte.
    func endOfFieldContent(from start: Int) -> Int {
        var index = start
        while index < count {
            if count - index >= 8 {
                let controls = word(at: index).controlBytes
                if controls == 0 {
                    index += 8
                    continue
                }
                index += controls.trailingZeroBitCount / 8
            }
            guard self[index].isFieldContent else { return index }
            index += 1
        }
        return index
    }

    /// The eight bytes from a position on, the first one lowest.
    private func word(at index: Int) -> UInt64 {
        // The caller has checked that there are eight.
        UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index, as: UInt64.self))
    }

    /// The end of the run of tchar that begins at a position.
    func endOfToken(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isToken { index += 1 }
        return index
    }

    /// A range without the white space at its ends (RFC 9110 §5.6.3).
    func trimmingWhiteSpace(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isWhiteSpace { start += 1 }
        while start < end, self[end - 1].isWhiteSpace { end -= 1 }
        return start..<end
    }
}

extension UInt64 {
    /// The highest bit of each byte that is below 0x20 or is 0x7F; no sum carries into the next.
    fileprivate var controlBytes: UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones &* 0x80
        let rest = self & ~tops
        let isAtLeastSpace = rest &+ ones &* 0x60
        let isDelete = rest &+ ones
        return (~isAtLeastSpace | isDelete) & ~self & tops
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    mutating func append(copying bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Appends the bytes of a literal.
    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends a number in decimal, padded with zeros to a minimum number of digits.
    mutating func append(decimal number: UInt64, minimumDigits: Int = 1) {
        if number >= 10 || minimumDigits > 1 {
            append(decimal: number / 10, minimumDigits: minimumDigits - 1)
        }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
