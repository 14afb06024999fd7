import Bytes
import HTTP

/// `X-Forwarded-For` and `X-Forwarded-Proto`, the fields most proxies send.
enum XForwarded {
    /// The addresses of the hops.
    static func addresses(_ request: Request) -> Addresses {
        Addresses(request.values(of: .xForwardedFor))
    }

    /// Addresses of hops, nearest first; nil where one is malformed.
    struct Addresses: Sequence, IteratorProtocol {
        private var lines: ReversedCollection<FieldValues>.Iterator
        /// What is left of the current line; nil at its start.
        private var line: ArraySlice<UInt8>?

        init(_ values: FieldValues) {
            lines = values.reversed().makeIterator()
        }

        mutating func next() -> IPAddress?? {
            guard let line = line ?? lines.next() else { return nil }
            let comma = line.lastIndex(of: UInt8(ascii: ","))
            self.line = comma.map { line[..<$0] }
            let element = comma.map { line[($0 + 1)...] } ?? line
            return .some(HopAddress.parse(element.trimmingOWS))
        }
    }

    /// Whether the nearest hop was reached over https.
    static func isSecure(_ request: Request) -> Bool {
        guard request.has(.xForwardedProto),
            let line = request.values(of: .xForwardedProto).last
        else { return false }
        let comma = line.lastIndex(of: UInt8(ascii: ","))
        let scheme = comma.map { line[($0 + 1)...] } ?? line
        return scheme.trimmingOWS.equalsIgnoringCase("https")
    }
}

/// The address of a hop, as proxies write it: bare, or with a port.
enum HopAddress {
    /// Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:80`.
    static func parse(_ text: ArraySlice<UInt8>) -> IPAddress? {
        let text = text.span
        let colon = text.firstIndex(of: UInt8(ascii: ":"), from: 0)
        if text.isEmpty || text[0] != UInt8(ascii: "[") {
            guard let colon, text.firstIndex(of: UInt8(ascii: "."), from: 0) != nil,
                text.firstIndex(of: UInt8(ascii: ":"), from: colon + 1) == nil
            else { return IPAddress(parsing: text) }
            return isPort(text.extracting(colon...))
                ? IPAddress(parsing: text.extracting(..<colon)) : nil
        }
        guard let end = text.firstIndex(of: UInt8(ascii: "]"), from: 0),
            isPort(text.extracting((end + 1)...)),
            let address = IPAddress(parsing: text.extracting(1..<end)), case .v6 = address
        else { return nil }
        return address
    }

    /// Nothing, or a colon and one to five digits.
    private static func isPort(_ text: Span<UInt8>) -> Bool {
        if text.isEmpty { return true }
        return text[0] == UInt8(ascii: ":")
            && Decimal.parse(text.extracting(1...), maximumDigits: 5) != nil
    }
}
