import Glibc
public import HTTP

/// An address that the server listens on.
public enum ListenAddress: Sendable, Equatable {
    /// A TCP port; port 0 lets the kernel choose one.
    case tcp(IPAddress, port: UInt16)
    /// A Unix-domain socket, by its path.
    case unix(path: String)
    /// A listening socket that was inherited, by its descriptor.
    case inherited(descriptor: Int32)
}

extension ListenAddress {
    /// Parses an address: `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/lunauth.sock`.
    ///
    /// Nil for anything else; names are not resolved.
    public init?(_ text: String) {
        if text.utf8.starts(with: "unix:".utf8) {
            let path = String(text.utf8.dropFirst(5)) ?? ""
            guard !path.isEmpty, !path.utf8.contains(0), path.utf8.count <= Self.longestPath else {
                return nil
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = Self.port(text.utf8[text.utf8.index(after: colon)...])
        else { return nil }
        let host = text.utf8[..<colon]
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            var address = in6_addr()
            let name = String(host.dropFirst().dropLast()) ?? ""
            guard unsafe inet_pton(AF_INET6, name, &address) == 1 else { return nil }
            self = .tcp(IPAddress(address), port: port)
        } else {
            var address = in_addr()
            guard unsafe inet_pton(AF_INET, String(host) ?? "", &address) == 1 else { return nil }
            self = .tcp(.v4(UInt32(bigEndian: address.s_addr)), port: port)
        }
    }

    /// The most bytes of a path: `sun_path` has one more, for the terminating NUL.
    static let longestPath = 107

    private static func port(_ digits: Substring.UTF8View) -> UInt16? {
        guard (1...5).contains(digits.count) else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + UInt32(digit - UInt8(ascii: "0"))
        }
        return UInt16(exactly: value)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The URL of the address for a client: `http://127.0.0.1:8080`, `unix:/run/lunauth.sock`.
    public var description: String {
        switch self {
        case .tcp(.v4(let address), let port):
            let octets = [24, 16, 8, 0].map { String((address >> UInt32($0)) & 0xFF) }
            return "http://\(octets.joined(separator: ".")):\(port)"
        case .tcp(.v6(let high, let low), let port):
            var address = in6_addr(high: high, low: low)
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            let size = socklen_t(text.count)
            unsafe inet_ntop(AF_INET6, &address, &text, size)
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return "http://[\(String(decoding: bytes, as: UTF8.self))]:\(port)"
        case .unix(let path): return "unix:\(path)"
        case .inherited(let descriptor): return "inherited descriptor \(descriptor)"
        }
    }
}
