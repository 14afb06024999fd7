extension ArraySlice<UInt8> {
    /// Without spaces and tabs at either end (OWS, RFC 9110 §5.6.3).
    package var trimmingOWS: ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, Self.isSpace(self[start]) { start += 1 }
        while start < end, Self.isSpace(self[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// Whether the bytes are this text.
    package func equals(_ text: String) -> Bool {
        let (bytes, wanted) = (span, text.utf8Span.span)
        guard bytes.count == wanted.count else { return false }
        for index in bytes.indices where bytes[index] != wanted[index] { return false }
        return true
    }

    /// Whether the bytes are this ASCII text, whatever the case of its letters.
    package func equalsIgnoringCase(_ text: String) -> Bool {
        let (bytes, wanted) = (span, text.utf8Span.span)
        guard bytes.count == wanted.count else { return false }
        for index in bytes.indices
        where Self.lowercased(bytes[index]) != Self.lowercased(wanted[index]) {
            return false
        }
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
