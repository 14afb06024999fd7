/// Where a PostgreSQL database is, and how it is reached: `postgres://user@host:5432,host2/name?sslmode=…`.
///
/// A URI as libpq's (PostgreSQL 15 manual, 34.1.1.2), read strictly: a parameter that is not known is
/// refused, and so is a password, which belongs where `ps` and logs do not show it.
public struct DatabaseAddress: Sendable, Equatable {
    /// A server, or a socket on this machine.
    public struct Host: Sendable, Equatable {
        /// A name, an IP address without brackets, or the absolute path of a directory with a socket;
        /// empty for the directory that libpq was built with.
        public let name: String
        /// The port, which also names the socket in its directory.
        public let port: UInt16

        /// A server from its parts.
        init(name: String, port: UInt16) {
            self.name = name
            self.port = port
        }

        /// Whether it is a socket in the file system.
        public var isSocket: Bool { name.isEmpty || name.hasPrefix("/") }

        /// Whether what is sent there stays on this machine.
        public var isLocal: Bool {
            isSocket || name == "localhost" || name == "::1"
                || (name.hasPrefix("127.") && name.utf8.allSatisfy(Self.isOfIPv4))
        }

        private static func isOfIPv4(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    /// The servers, in the order in which they are tried; never empty.
    public let hosts: [Host]
    /// The role; nil for the name of the daemon's user.
    public let user: String?
    /// The name of the database.
    public let database: String
    /// What the query of the address says.
    public let parameters: [AddressParameter: String]
    /// The address as it was written, which contains no password.
    public let text: String

    /// An address from its parts.
    init(
        hosts: [Host], user: String?, database: String, parameters: [AddressParameter: String],
        text: String
    ) {
        self.text = text
        self.hosts = hosts
        self.user = user
        self.database = database
        self.parameters = parameters
    }

    /// How TLS is used with a server: `verify-full`, unless the address says otherwise or the server is on
    /// this machine.
    public func tlsMode(of host: Host) -> TLSMode {
        parameters[.sslmode].flatMap { TLSMode(rawValue: $0) }
            ?? (host.isLocal ? .prefer : .verifyFull)
    }

    /// How long one server may take to accept a connection, in seconds.
    public var connectSeconds: Int {
        parameters[.connectTimeout].flatMap { Int($0) } ?? Self.standardConnectSeconds
    }

    private static let standardConnectSeconds = 5

    /// How TLS is used (PostgreSQL 15 manual, 34.19.1).
    public enum TLSMode: String, Sendable, CaseIterable {
        /// Never.
        case disable
        /// If the server demands it.
        case allow
        /// If the server offers it.
        case prefer
        /// Always, with whatever certificate.
        case require
        /// Always, with a certificate that the named authority signed.
        case verifyCA = "verify-ca"
        /// Always, with a certificate of this very host.
        case verifyFull = "verify-full"
    }
}

extension DatabaseAddress.Host: CustomStringConvertible {
    /// Name and port, an IPv6 address in brackets.
    public var description: String { name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)" }
}

extension DatabaseAddress: CustomStringConvertible {
    /// Database and servers, for messages; there is no password that it could show.
    public var description: String {
        "\(database) at \(hosts.map(\.description).joined(separator: ", "))"
    }
}
