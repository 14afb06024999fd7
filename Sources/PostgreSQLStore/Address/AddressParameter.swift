import Bytes

/// What the query of an address may say; each is a parameter of libpq (PostgreSQL 15 manual, 34.1.2).
public enum AddressParameter: String, Sendable, CaseIterable {
    /// The name that the server shows for the session; `lunauth`.
    case applicationName = "application_name"
    /// Whether a password is only sent to the server whose certificate was shown.
    case channelBinding = "channel_binding"
    /// How long one server may take to accept a connection, in seconds.
    case connectTimeout = "connect_timeout"
    /// The directory of a Unix socket.
    case host
    /// How many keepalives may be lost.
    case keepalivesCount = "keepalives_count"
    /// After how many idle seconds the first keepalive is sent.
    case keepalivesIdle = "keepalives_idle"
    /// After how many seconds the next one is sent.
    case keepalivesInterval = "keepalives_interval"
    /// A file with passwords, mode 0600.
    case passfile
    /// The port, which also names a Unix socket.
    case port
    /// A file with the certificate that the daemon shows.
    case sslcert
    /// A file with revoked certificates.
    case sslcrl
    /// A file with the key of `sslcert`.
    case sslkey
    /// How TLS is used.
    case sslmode
    /// A file with the authorities that may sign the server's certificate.
    case sslrootcert
    /// What kind of server is wanted.
    case targetSessionAttributes = "target_session_attrs"
    /// How many milliseconds sent data may stay unacknowledged.
    case tcpUserTimeout = "tcp_user_timeout"

    /// What is given to libpq where the address says nothing; nil where libpq decides.
    ///
    /// A server that is gone without a word is noticed within 25 seconds, while sending within ten.
    var standard: String? {
        switch self {
        case .applicationName: "lunauth"
        case .keepalivesCount: "3"
        case .keepalivesIdle: "10"
        case .keepalivesInterval: "5"
        case .targetSessionAttributes: "read-write"
        case .tcpUserTimeout: "10000"
        default: nil
        }
    }

    /// Whether libpq is given it as it is.
    var isOfLibrary: Bool { ![.host, .port, .sslmode, .connectTimeout].contains(self) }

    /// What a value has to be, for messages.
    var expected: String {
        switch self {
        case .applicationName: "1 to 63 printable ASCII characters"
        case .channelBinding: "disable, prefer or require"
        case .connectTimeout: "1 to 60 seconds"
        case .keepalivesCount: "1 to 100"
        case .keepalivesIdle, .keepalivesInterval: "1 to 3600 seconds"
        case .host, .passfile, .sslcert, .sslcrl, .sslkey, .sslrootcert: "an absolute path"
        case .port: "1 to 65535"
        case .sslmode: DatabaseAddress.TLSMode.allCases.map(\.rawValue).joined(separator: ", ")
        case .targetSessionAttributes: "read-write or primary"
        case .tcpUserTimeout: "0 to 600000 milliseconds"
        }
    }

    /// Whether a value is one that `expected` describes.
    func accepts(_ value: String) -> Bool {
        switch self {
        case .applicationName:
            (1...63).contains(value.utf8.count)
                && value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        case .channelBinding: ["disable", "prefer", "require"].contains(value)
        case .connectTimeout: isNumber(value, in: 1...60)
        case .keepalivesCount: isNumber(value, in: 1...100)
        case .keepalivesIdle, .keepalivesInterval: isNumber(value, in: 1...3_600)
        case .host, .passfile, .sslcert, .sslcrl, .sslkey, .sslrootcert: value.hasPrefix("/")
        case .port: isNumber(value, in: 1...65_535)
        case .sslmode: DatabaseAddress.TLSMode(rawValue: value) != nil
        case .targetSessionAttributes: value == "read-write" || value == "primary"
        case .tcpUserTimeout: isNumber(value, in: 0...600_000)
        }
    }

    private func isNumber(_ text: String, in range: ClosedRange<Int>) -> Bool {
        Decimal.parse(text.utf8, maximumDigits: 6, leadingZeros: .refused).map(range.contains)
            ?? false
    }
}
