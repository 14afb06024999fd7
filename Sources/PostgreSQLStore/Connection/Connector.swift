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
    /// The server that accepted last: the others may be gone, and take their whole time to say so.
    private let preferred = Atomic<Int>(0)

    /// A connector; opens nothing yet.
    ///
    /// - Parameters:
    ///   - address: The servers.
    ///   - password: For the role; nil for that of a passfile or of `PGPASSWORD`, if one is needed.
    ///   - settings: What to tell each session.
    init(to address: DatabaseAddress, password: Secret?, settings: Connection.SessionSettings) {
        self.address = address
        self.password = password
        self.settings = settings
    }

    /// Opens a connection, trying each server for as long as the address allows.
    ///
    /// Names are looked up by getaddrinfo(3), which knows no deadline but that of resolv.conf(5).
    /// - Parameter deadline: When to give up, in nanoseconds of the monotonic clock.
    /// - Returns: A connection to a server that may be written to.
    /// - Throws: `unreachable` with what each server said; `libraryMissing`.
    func open(until deadline: UInt64) throws(PostgreSQLError) -> sending Connection {
        let library = try LibPQ.functions()
        let first = preferred.load(ordering: .relaxed)
        var failures: [String] = []
        for offset in address.hosts.indices {
            let index = (first + offset) % address.hosts.count
            let host = address.hosts[index]
            do throws(PostgreSQLError) {
                for endpoint in try HostLookup.endpoints(of: host) {
                    let attempt = ConnectionAttempt(
                        host: host, endpoint: endpoint, address: address, library: library)
                    let limit =
                        MonotonicClock.now() + UInt64(address.connectSeconds) * 1_000_000_000
                    do throws(PostgreSQLError) {
                        let connection = try attempt.run(
                            password: password, settings: settings, until: min(deadline, limit))
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
}
