import Bytes
import Crypto

/// The origin of a web site: scheme, host and port (RFC 6454 §4), in canonical form.
public struct Origin: Sendable, Hashable {
    /// Whether the scheme is https.
    public let isSecure: Bool
    /// Host in lower case, an IPv6 literal in brackets.
    public let host: String
    /// Never absent: the default of the scheme if none was written.
    public let port: UInt16

    /// Parses `http(s)://host[:port]`, with at most a trailing slash; nil for any other text.
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

    /// Parses `host[:port]`, as in a Host header field; nil when it is malformed.
    public init?(authority: some Collection<UInt8>, isSecure: Bool) {
        let bytes = Array(authority)
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            guard Self.isIPv6(bytes[1..<bracket]) else { return nil }
            hostEnd = bracket + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard Self.isName(bytes[..<hostEnd]) else { return nil }
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

    /// Whether host and port are equal, whatever the scheme.
    public func hasAuthority(of other: Origin) -> Bool {
        host == other.host && port == other.port
    }

    /// Whether the host is a domain, in lower case and without a leading dot, or below it.
    public func isWithin(domain: String) -> Bool {
        host == domain || host.hasSuffix("." + domain)
    }

    /// Labels between dots, none of them empty or with a hyphen at an end.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { label in
                !label.isEmpty && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-") && label.allSatisfy(isNameByte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Eight groups of one to four hexadecimal digits, or fewer around one `::` (RFC 4291 §2.2).
    private static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let colon = UInt8(ascii: ":")
        let gap = bytes.indices.dropLast().first { bytes[$0] == colon && bytes[$0 + 1] == colon }
        let parts = gap.map { [bytes[..<$0], bytes[($0 + 2)...]] } ?? [bytes]
        let groups = parts.flatMap { part in
            part.isEmpty ? [] : part.split(separator: colon, omittingEmptySubsequences: false)
        }
        return (gap == nil ? groups.count == 8 : groups.count < 8)
            && groups.allSatisfy { group in
                let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 4 - group.count))
                return (1...4).contains(group.count) && Hex.decode(zeros + group) != nil
            }
    }

    private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
        Decimal.parse(digits, maximumDigits: 5).flatMap { $0 == 0 ? nil : UInt16(exactly: $0) }
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
    /// The text with `A` to `Z` in lower case and no other change.
    var asciiLowercased: String {
        String(
            decoding: utf8.map { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
            }, as: UTF8.self)
    }
}
