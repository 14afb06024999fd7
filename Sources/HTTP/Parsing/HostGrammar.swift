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
            if text[index].isRegisteredNameByte {
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
        guard text[0] == .colon, text.count <= 6 else { return false }
        var port = 0
        for index in 1..<text.count {
            guard let digit = text[index].decimalDigit else { return false }
            port = port * 10 + digit
        }
        return port <= 65_535
    }
}
