import ForeignPasswords
import Server

/// The most memory that a configuration may make a server need: an upper bound, which real load stays far
/// below.
struct MemoryNeed: Sendable, Equatable, CustomStringConvertible {
    /// Program, libraries, threads and the pages of the database that a server at work keeps.
    private static let base: UInt64 = 64 << 20
    /// What a connection takes beside its messages: its state, and the kernel's own.
    private static let connection: UInt64 = 16 << 10
    /// Connections, each with the largest head, body and response.
    let connections: UInt64
    /// Full caches.
    let caches: UInt64
    /// Passwords of other systems that are checked at one time.
    let hashes: UInt64

    /// The need of a configuration.
    ///
    /// - Parameters:
    ///   - values: The configuration.
    ///   - cores: As many passwords are hashed at one time, unless `password.concurrency` says otherwise.
    ///   - hasForeign: Whether there are passwords of other systems.
    init(of values: Configuration, cores: Int, hasForeign: Bool) {
        let request = UInt64(values.http.maximumHeadBytes + Server.maximumMessageBytes)
        connections = UInt64(values.http.maximumConnections) * (request + Self.connection)
        caches = UInt64(values.cache.megabytes) << 20
        let concurrency = values.password.concurrency == 0 ? cores : values.password.concurrency
        hashes = hasForeign ? UInt64(concurrency) * UInt64(ForeignHash.maximumMemory) : 0
    }

    /// All of it.
    var bytes: UInt64 { Self.base + connections + caches + hashes }

    /// The parts.
    var description: String {
        let parts = [
            ("connections", connections), ("caches", caches), ("hashes of other systems", hashes),
        ]
        return parts.filter { $0.1 > 0 }.map { "\($0.0) \($0.1.mebibytes)" }.joined(separator: ", ")
    }
}

extension UInt64 {
    /// The bytes in MiB, rounded up.
    var mebibytes: String { "\((self + (1 << 20) - 1) >> 20) MiB" }
}
