public import Crypto

/// Reads the keys of the record.
public protocol AuditKeyReader {
    /// The keys, wrapped; nil before the first event.
    ///
    /// - Throws: As `SessionStore.session`.
    func auditKeys() throws(AuthError) -> WrappedAuditKeys?
}

/// Reads of the record.
public protocol EventStore: AuditKeyReader {
    /// Events, newest first; those of one time in the order in which they were recorded, the last one first.
    ///
    /// - Parameters:
    ///   - query: Which.
    ///   - before: The event after which the page begins; nil for the first page, and none for an id that
    ///     is unknown.
    ///   - limit: The most that are returned.
    /// - Returns: The events.
    /// - Throws: `unavailable`.
    func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(AuthError) -> [RecordedEvent]

    /// Events that are linked, in the order of the chain: those after a number, all of them for the least one.
    ///
    /// - Throws: `unavailable`.
    func linkedEvents(after number: Int64, limit: Int) throws(AuthError) -> [RecordedEvent]

    /// Events that are not linked, in the order in which they will be; before them those that no linker comes to,
    /// because another program put them before the last link.
    ///
    /// May read the whole record: for verifications.
    /// - Throws: `unavailable`.
    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent]

    /// How many events wait for the linker, counted up to a limit; reads no more than these.
    ///
    /// - Throws: `unavailable`.
    func unlinkedEventCount(upTo limit: Int) throws(AuthError) -> Int

    /// The head of the chain; nil before the first link.
    ///
    /// - Throws: `unavailable`.
    func chainHead() throws(AuthError) -> ChainHead?

    /// The last checkpoint; nil before the first one.
    ///
    /// - Throws: `unavailable`.
    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint?

    /// Checkpoints in the order of the chain: those of a later number than this one.
    ///
    /// - Throws: `unavailable`.
    func checkpoints(after number: Int64, limit: Int) throws(AuthError) -> [SignedCheckpoint]
}

/// What a transaction does to the record.
public protocol EventTransaction: AuditKeyReader {
    /// Who and what this transaction is for.
    var cause: Cause { get }

    /// Adds an event; the rule is `record`.
    func insert(_ event: Event, mac: EventMAC) throws(AuthError)

    /// Replaces the keys of the record.
    func save(_ keys: WrappedAuditKeys) throws(AuthError)

    /// Events that wait for the linker, in the order in which they were recorded.
    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent]

    /// As `EventStore.chainHead`; no other transaction goes on after the same head.
    func chainHead() throws(AuthError) -> ChainHead?

    /// Gives events their places, by their ids.
    func save(_ links: [UUID: Link]) throws(AuthError)

    /// Replaces the head.
    func save(_ head: ChainHead) throws(AuthError)

    /// Adds a checkpoint of a number.
    func insert(_ checkpoint: SignedCheckpoint, of number: Int64) throws(AuthError)

    /// As `EventStore.lastCheckpoint`.
    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint?

    /// Which process links; nil where none does.
    func linkerLease() throws(AuthError) -> LinkerLease?

    /// Replaces which process links.
    func saveLinkerLease(_ lease: LinkerLease?) throws(AuthError)

    /// The time by which the store purged its history last, which follows the clock in steps; nil before
    /// the first purge.
    func purgeTime() throws(AuthError) -> Timestamp?

    /// Erases the personal data of an account: where it was, in events that it did and in those about it
    /// that no other account did, and what changed, in events about it.
    func eraseEvents(of accountID: UUID) throws(AuthError)

    /// Deletes the linked events below a number, and the checkpoints below it.
    ///
    /// - Returns: How many events were deleted: at most `limit`.
    func deleteEvents(below number: Int64, limit: Int) throws(AuthError) -> Int
}

/// The keys of the record, as the database has them.
public struct WrappedAuditKeys: Sendable, Equatable {
    /// The keys of MACs, the current one first.
    public let mac: [UInt8]
    /// The seeds of the keys that sign, the current one first.
    public let signing: [UInt8]

    /// Takes what a store has kept.
    public init(mac: [UInt8], signing: [UInt8]) {
        self.mac = mac
        self.signing = signing
    }
}
