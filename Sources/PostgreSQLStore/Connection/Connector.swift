import CPostgreSQL
import Crypto
import Glibc
import Synchronization
import System

/// Opens connections to the first server of an address that accepts one and may be written to.
///
/// Shared by all threads.
final class Connector: Sendable {
    /// The servers.
    let address: DatabaseAddress
    /// What each session is told.
    let settings: Connection.SessionSettings
    private let password: Secret?
    private let lookup:
        @Sendable (DatabaseAddress.Host) throws(PostgreSQLError) -> [HostLookup.Endpoint]
    /// The server that accepted last: the others may be gone, and take their whole time to say so.
    private let preferred = Atomic<Int>(0)

    /// A connector; opens nothing yet.
    ///
    /// - Parameters:
    ///   - address: The servers.
    ///   - password: For the role; nil for that of a passfile or of `PGPASSWORD`, if one is needed.
    ///   - settings: What to tell each session.
    ///   - lookup: Finds the places that a server is at.
    init(
        to address: DatabaseAddress, password: Secret?, settings: Connection.SessionSettings,
        lookup:
            @escaping @Sendable (DatabaseAddress.Host) throws(PostgreSQLError)
            -> [HostLookup.Endpoint] = { (host) throws(PostgreSQLError) in
                try HostLookup.endpoints(of: host)
            }
    ) {
        self.lookup = lookup
        self.address = address
        self.password = password
        self.settings = settings
    }

    /// Opens a connection, trying each server for as long as the address allows.
    ///
    /// Each has the time by itself, shared by the addresses of its name, so that none takes that of the next.
    /// Names are looked up by getaddrinfo(3), which knows no deadline but that of resolv.conf(5); that time
    /// is no server's.
    /// - Returns: A connection to a server that may be written to.
    /// - Throws: `unreachable` with what each server said; `libraryMissing`.
    func open() throws(PostgreSQLError) -> sending Connection {
        let library = try LibPQ.functions()
        let first = preferred.load(ordering: .relaxed)
        var failures: [String] = []
        for offset in address.hosts.indices {
            let index = (first + offset) % address.hosts.count
            let host = address.hosts[index]
            do throws(PostgreSQLError) {
                let endpoints = try lookup(host)
                let limit =
                    MonotonicClock.now() + UInt64(address.connectSeconds) * 1_000_000_000
                for (place, endpoint) in endpoints.enumerated() {
                    let attempt = ConnectionAttempt(
                        host: host, endpoint: endpoint, address: address, library: library)
                    do throws(PostgreSQLError) {
                        let connection = try attempt.run(
                            password: password, settings: settings,
                            until: Self.share(
                                of: endpoints.count - place, from: MonotonicClock.now(), to: limit))
                        preferred.store(index, ordering: .relaxed)
                        return connection
                    } catch {
                        failures.append(error.message)
                    }
                }
            } catch {
                failures.append(error.message)
            }
        }
        throw PostgreSQLError(kind: .unreachable, message: failures.joined(separator: "; "))
    }

    /// Until when the next of several attempts may take, so that each after it has as much.
    ///
    /// - Parameters:
    ///   - count: How many there are; at least 1.
    ///   - now: The present time.
    ///   - limit: When all have to be done.
    /// - Returns: `limit` for the last one.
    static func share(of count: Int, from now: UInt64, to limit: UInt64) -> UInt64 {
        limit > now ? now + (limit - now) / UInt64(max(1, count)) : limit
    }
}
