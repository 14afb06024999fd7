import Bytes
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
    /// Nil for anything else; names are not resolved. The path of a socket is one element of a line
    /// of addresses, so it has no comma, no control character and no space at its end.
    public init?(_ text: String) {
        if text.utf8.starts(with: "unix:".utf8) {
            let path = String(text.utf8.dropFirst(5)) ?? ""
            guard let last = path.utf8.last, last != UInt8(ascii: " "),
                path.utf8.count <= Self.longestPath, path.unicodeScalars.allSatisfy(Self.isInPath)
            else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = Self.port(text.utf8[text.utf8.index(after: colon)...])
        else { return nil }
        let host = text.utf8[..<colon]
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            // An IPv4-mapped one becomes its IPv4 address.
            guard host.contains(UInt8(ascii: ":")),
                let address = IPAddress(parsing: host.dropFirst().dropLast())
            else { return nil }
            self = .tcp(address, port: port)
        } else {
            guard let address = IPAddress(parsing: host), case .v4 = address else { return nil }
            self = .tcp(address, port: port)
        }
    }

    /// The most bytes of a path: `sun_path` has one more, for the terminating NUL.
    static let longestPath = 107

    private static func isInPath(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar != ","
    }

    private static func port(_ digits: Substring.UTF8View) -> UInt16? {
        Decimal.parse(digits, maximumDigits: 5).flatMap { UInt16(exactly: $0) }
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The URL of the address for a client: `http://127.0.0.1:8080`, `unix:/run/lunauth.sock`.
    public var description: String {
        switch self {
        case .tcp(.v4(let bits), let port): "http://\(IPAddress.v4(bits)):\(port)"
        case .tcp(let address, let port): "http://[\(address)]:\(port)"
        case .unix(let path): "unix:\(path)"
        case .inherited(let descriptor): "inherited descriptor \(descriptor)"
        }
    }
}
