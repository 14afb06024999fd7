import Bytes
import HTTP

/// `X-Forwarded-For` and `X-Forwarded-Proto`, the fields most proxies send.
enum XForwarded {
    static func hops(of request: Request) -> ForwardedHops {
        var hops = ForwardedHops()
        for line in request.values(of: .xForwardedFor) {
            for element in line.split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            {
                hops.addresses.append(HopAddress.parse(element.trimmingOWS))
            }
        }
        let scheme = request.values(of: .xForwardedProto).last.flatMap { line in
            line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).last
        }
        hops.isSecure = scheme?.trimmingOWS.equalsIgnoringCase("https") ?? false
        return hops
    }
}

/// The address of a hop, as proxies write it: bare, or with a port.
enum HopAddress {
    /// Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:80`.
    static func parse(_ text: ArraySlice<UInt8>) -> IPAddress? {
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")),
                isPort(text[(end + 1)...])
            else { return nil }
            guard case .v6 = IPAddress(parsing: text[(text.startIndex + 1)..<end]) else {
                return nil
            }
            return IPAddress(parsing: text[(text.startIndex + 1)..<end])
        }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text.contains(UInt8(ascii: ".")),
            text[(colon + 1)...].allSatisfy({ $0 != UInt8(ascii: ":") })
        else { return IPAddress(parsing: text) }
        return isPort(text[colon...]) ? IPAddress(parsing: text[..<colon]) : nil
    }

    /// Nothing, or a colon and one to five digits.
    private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        return first == UInt8(ascii: ":")
            && Decimal.parse(text.dropFirst(), maximumDigits: 5) != nil
    }
}
