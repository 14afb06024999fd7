import Bytes
import CPostgreSQL
import Crypto
import System

/// One try to open a connection, to one place.
struct ConnectionAttempt {
    /// The server.
    let host: DatabaseAddress.Host
    /// Where it is.
    let endpoint: HostLookup.Endpoint
    /// What the server belongs to.
    let address: DatabaseAddress
    /// The functions of libpq.
    let library: cpostgresql_functions

    /// The authorities of the system, which libpq before 16 does not find by itself.
    static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// Connects, authenticates and tells the session its settings.
    ///
    /// - Parameters:
    ///   - password: For the role, if it is given to the daemon.
    ///   - settings: What to tell the session.
    ///   - deadline: When all of it has to be done, in nanoseconds of the monotonic clock.
    /// - Returns: The connection.
    /// - Throws: `unreachable`.
    func run(
        password: Secret?, settings: Connection.SessionSettings, until deadline: UInt64
    ) throws(PostgreSQLError) -> sending Connection {
        guard let handle = unsafe start(password: password) else {
            throw unreachable("out of memory")
        }
        do throws(PostgreSQLError) {
            try unsafe complete(handle, until: deadline)
        } catch {
            unsafe library.PQfinish(handle)
            throw error
        }
        do throws(PostgreSQLError) {
            return try unsafe Connection(
                owning: handle, of: library, settings: settings, deadline: deadline)
        } catch {
            throw unreachable(error.description)
        }
    }

    /// What libpq is told, without the password.
    var parameters: [(name: String, value: String)] {
        var parameters = [
            ("host", host.name), ("port", "\(host.port)"), ("dbname", address.database),
            ("client_encoding", "UTF8"), ("gssencmode", "disable"),
            ("sslmode", address.tlsMode(of: host).rawValue),
        ]
        if case .address(let numeric) = endpoint { parameters.append(("hostaddr", numeric)) }
        if let user = address.user { parameters.append(("user", user)) }
        if address.tlsMode(of: host) == .verifyFull, address.parameters[.sslrootcert] == nil {
            parameters.append(("sslrootcert", Self.systemAuthorities))
        }
        for parameter in AddressParameter.allCases where parameter.isOfLibrary {
            guard let value = address.parameters[parameter] ?? parameter.standard else { continue }
            parameters.append((parameter.rawValue, value))
        }
        return parameters
    }

    private func start(password: Secret?) -> OpaquePointer? {
        var keywords = TextList()
        var values = TextList()
        defer { values.wipeOctets() }
        for (name, value) in parameters {
            keywords.append(name.utf8)
            values.append(value.utf8)
        }
        password?.withBytes { octets in
            keywords.append("password".utf8)
            values.append(octets)
        }
        return unsafe keywords.withPointers { keywords in
            unsafe values.withPointers { values in
                unsafe library.PQconnectStartParams(keywords, values, 0)
            }
        }
    }

    /// Waits for libpq to connect (PostgreSQL 15 manual, 34.1, PQconnectPoll).
    private func complete(
        _ handle: OpaquePointer, until deadline: UInt64
    ) throws(PostgreSQLError) {
        guard unsafe library.PQstatus(handle) != CONNECTION_BAD else {
            throw unsafe refused(handle)
        }
        var event = SocketWait.Event.writable
        while true {
            // The socket may change at each step.
            let socket = unsafe library.PQsocket(handle)
            guard SocketWait.wait(for: socket, event, until: deadline) else {
                throw unreachable("no answer in time")
            }
            switch unsafe library.PQconnectPoll(handle) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: event = .readable
            case PGRES_POLLING_WRITING: event = .writable
            default: throw unsafe refused(handle)
            }
        }
    }

    /// What libpq says, which names the server.
    private func refused(_ handle: OpaquePointer) -> PostgreSQLError {
        let message = unsafe library.PQerrorMessage(handle).map {
            unsafe String(cString: $0).singleLine
        }
        return PostgreSQLError(kind: .unreachable, message: message ?? "\(host) is not reached")
    }

    private func unreachable(_ message: String) -> PostgreSQLError {
        PostgreSQLError(kind: .unreachable, message: "\(host): \(message)")
    }
}

/// Texts that end with NUL, one after another.
private struct TextList {
    private var octets: [UInt8] = []
    private var starts: [Int] = []

    /// Adds a text without NUL.
    mutating func append(_ text: some Collection<UInt8>) {
        starts.append(octets.count)
        octets += text
        octets.append(0)
    }

    /// Adds a text without NUL.
    mutating func append(_ text: Span<UInt8>) {
        append([UInt8](copying: text))
    }

    /// Overwrites all texts.
    mutating func wipeOctets() {
        wipe(&octets)
    }

    /// Lends the addresses of the texts, with NULL after the last.
    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        unsafe octets.withUnsafeBytes { bytes in
            let base = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
            let addresses = unsafe starts.map { start in unsafe base.map { unsafe $0 + start } }
            return unsafe body(addresses + [nil])
        }
    }
}
