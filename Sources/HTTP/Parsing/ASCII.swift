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

    /// Whether this is a tchar (RFC 9110 §5.6.2).
    var isToken: Bool { ASCIISet.token.contains(self) }
}

extension Span<UInt8> {
    /// Whether these bytes equal the given text, with letter case.
    func equals(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { equals($0.span) }
    }

    /// Whether these bytes begin with the given text, with letter case.
    func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount
            && extracting(first: text.utf8CodeUnitCount).equals(text)
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
