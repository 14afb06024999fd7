public import Crypto

/// Which process links: one at a time, so that two do not do each other's work.
///
/// Kept in the database and renewed while there is work. Where clocks differ or a lease is lost the chain is
/// still one: each transaction links what it sees, and no two see the same.
public struct LinkerLease: Sendable, Equatable {
    /// For how long a process that ended without giving its lease back keeps others waiting, in seconds.
    static let seconds: Int64 = 3

    /// The process: random, made at its start.
    public let holder: UUID
    /// Until when it is the one.
    public let until: Timestamp

    /// Takes what a store has kept.
    public init(holder: UUID, until: Timestamp) {
        self.holder = holder
        self.until = until
    }

    /// Whether it keeps a process from linking; one that ends later than any can is of a clock that was set
    /// back.
    func excludes(_ process: UUID, at now: Timestamp) -> Bool {
        holder != process && until > now && until <= now.adding(seconds: Self.seconds)
    }
}
