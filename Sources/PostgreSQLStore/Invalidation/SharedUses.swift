import Auth
import Crypto

/// What a daemon used of limits that all count together, as the others find it among the changes.
///
/// The octets are a version that no `StaleMemory` has, the id of the daemon, and what `Throttle` has sealed.
struct SharedUses: Equatable, Sendable {
    /// Which daemon it is of.
    let daemon: UUID
    /// What `Throttle.takeUses` returned.
    let sealed: [UInt8]

    private static let version: UInt8 = 2

    /// As it is stored.
    var octets: [UInt8] { [Self.version] + daemon.octets + sealed }

    /// Leaves it for the others.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault: then it may be there or not.
    func leave(in database: Connection) throws(PostgreSQLError) {
        let marker = CommitMarker(nextOf: database)
        database.begin(.readCommitted, with: [marker.statement])
        try database.commit(after: [ChangeRows.insertion(self, by: marker)])
    }
}

extension SharedUses {
    /// What was stored; nil for something else.
    init?(octets: [UInt8]) {
        guard octets.first == Self.version, let id = UUID(octets: octets.dropFirst().prefix(16))
        else { return nil }
        self.init(daemon: id, sealed: Array(octets.dropFirst(17)))
    }
}
