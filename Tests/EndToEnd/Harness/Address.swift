import Glibc

/// An address that a server listens on.
enum Address: Sendable, Equatable {
    /// A port of 127.0.0.1, or of all addresses.
    case ipv4(port: UInt16)
    /// A port of ::1.
    case ipv6(port: UInt16)
    /// A socket in the file system.
    case unix(path: String)

    /// Parses the address in the log line of a server that starts to listen.
    ///
    /// Nil for any other line.
    /// - Parameters:
    ///   - line: A line of the log.
    ///   - words: The text before the address.
    init?(logged line: Substring, after words: String = "listening on ") {
        guard let start = line.firstRange(of: words)?.upperBound else { return nil }
        let text = line[start...].prefix { $0 != "\"" && $0 != " " }
        let port = text.lastIndex(of: ":").flatMap { UInt16(text[text.index(after: $0)...]) }
        if text.hasPrefix("unix:") {
            self = .unix(path: String(text.dropFirst(5)))
        } else if let port,
            text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://0.0.0.0:")
        {
            self = .ipv4(port: port)
        } else if let port, text.hasPrefix("http://[::1]:") {
            self = .ipv6(port: port)
        } else {
            return nil
        }
    }

    /// The value of a client's Host header field.
    var authority: String {
        switch self {
        case .ipv4(let port): "127.0.0.1:\(port)"
        case .ipv6(let port): "[::1]:\(port)"
        case .unix: "localhost"
        }
    }

    /// A connected socket, whose calls time out after 10 seconds.
    ///
    /// - Throws: When no server listens there.
    func connect() throws -> Int32 {
        let family =
            switch self {
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            case .unix: AF_UNIX
            }
        // Never inherited by a server that starts meanwhile, which would keep the connection open.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw HarnessError("socket: error \(errno)") }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        let result = withSocketAddress { Glibc.connect(descriptor, $0, $1) }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw HarnessError("connect to \(authority): error \(code)")
        }
        return descriptor
    }

    /// Passes the address in the kernel's form.
    func withSocketAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        switch self {
        case .ipv4(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return lend(address, body)
        case .ipv6(let port):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            return lend(address, body)
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                bytes.copyBytes(from: path.utf8.prefix(bytes.count - 1))
            }
            return lend(address, body)
        }
    }

    private func lend<Value, Result>(
        _ value: Value, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: value) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Value>.size))
            }
        }
    }
}
