import Bytes

/// The grammar of a Host header field: `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2).
enum HostGrammar {
    /// Whether a text is a host that is not empty, with an optional port; user information is refused.
    ///
    /// A registered name may be percent-encoded, an address in brackets is IPv6 without a zone, a
    /// port is at most five digits and 65,535.
    static func isValid(_ text: Span<UInt8>) -> Bool {
        guard let length = hostLength(text), length > 0 else { return false }
        return length == text.count || isPort(text.extracting(length...))
    }

    /// The length of the host at the start; nil when it is malformed.
    private static func hostLength(_ text: Span<UInt8>) -> Int? {
        guard text.count > 0, text[0] == UInt8(ascii: "[") else {
            return registeredNameLength(text)
        }
        for index in text.indices where text[index] == UInt8(ascii: "]") {
            let isAddress = IPAddress.parseV6(text.extracting(1..<index)) != nil
            return isAddress ? index + 1 : nil
        }
        return nil
    }

    private static func registeredNameLength(_ text: Span<UInt8>) -> Int? {
        var index = 0
        while index < text.count, text[index] != .colon {
            if ASCIISet.registeredName.contains(text[index]) {
                index += 1
            } else if text.extracting(index...).startsWithEscape {
                index += 3
            } else {
                return nil
            }
        }
        return index
    }

    /// Whether a text is `:` and a port; the digits may be absent (RFC 3986 §3.2.3).
    private static func isPort(_ text: Span<UInt8>) -> Bool {
        guard text[0] == .colon else { return false }
        if text.count == 1 { return true }
        return Decimal.parse(text.extracting(1...), maximumDigits: 5).map { $0 <= 65_535 } ?? false
    }
}
