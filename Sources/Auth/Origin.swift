/// The origin of a web site: scheme, host and port (RFC 6454 §4), in the one form it is compared in.
public struct Origin: Sendable, Hashable {
    /// Whether the scheme is https.
    public let isSecure: Bool
    /// Host in lower case, an IPv6 literal in brackets.
    public let host: String
    /// Never absent: the default of the scheme where none was written.
    public let port: UInt16

    /// Reads `http(s)://host[:port]`, with at most a trailing slash; nil for anything else.
    public init?(_ text: String) {
        let lower = text.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        let schemes: [(prefix: String, secure: Bool)] = [("https://", true), ("http://", false)]
        guard let scheme = schemes.first(where: { lower.starts(with: $0.prefix.utf8) }) else {
            return nil
        }
        var rest = lower.dropFirst(scheme.prefix.utf8.count)
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        self.init(authority: rest, isSecure: scheme.secure)
    }

    /// Reads `host[:port]`, as a Host field holds it; nil when it is malformed.
    public init?(authority: some Collection<UInt8>, isSecure: Bool) {
        let bytes = Array(authority)
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            guard bracket > 1, bytes[1..<bracket].allSatisfy(Self.isIPv6Byte) else { return nil }
            hostEnd = bracket + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard hostEnd > 0, bytes[..<hostEnd].allSatisfy(Self.isNameByte) else { return nil }
        }
        let suffix = bytes[hostEnd...]
        if suffix.isEmpty {
            port = isSecure ? 443 : 80
        } else {
            guard suffix.first == UInt8(ascii: ":"), let number = Self.port(suffix.dropFirst())
            else { return nil }
            port = number
        }
        self.isSecure = isSecure
        host = String(decoding: bytes[..<hostEnd], as: UTF8.self).asciiLowercased
    }

    /// Whether host and port are the same, whatever the scheme.
    public func hasAuthority(of other: Origin) -> Bool {
        host == other.host && port == other.port
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._".utf8.contains(byte)
        }
    }

    private static func isIPv6Byte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...5).contains(digits.count) else { return nil }
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value == 0 ? nil : UInt16(exactly: value)
    }
}

extension Origin: CustomStringConvertible {
    /// `http(s)://host`, and the port where it is not the scheme's default.
    public var description: String {
        let suffix = port == (isSecure ? 443 : 80) ? "" : ":\(port)"
        return "\(isSecure ? "https" : "http")://\(host)\(suffix)"
    }
}

extension String {
    /// With `A` to `Z` in lower case and nothing else changed.
    var asciiLowercased: String {
        String(
            decoding: utf8.map { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
            }, as: UTF8.self)
    }
}
