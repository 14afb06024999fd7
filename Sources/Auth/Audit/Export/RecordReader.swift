/// Reads events and checkpoints in the order of the chain, a page at a time.
///
/// Confined to one thread. Between two pages other threads write: what is linked meanwhile is read, too.
struct RecordReader {
    private static let pageCount = 1_000

    private let store: any EventStore
    private var events: ArraySlice<RecordedEvent> = []
    private var checkpoints: CheckpointReader
    private var last: Int64

    /// A reader of what follows an event, and of the checkpoints of that event and later ones.
    init(_ store: any EventStore, after number: Int64) {
        self.store = store
        last = number
        checkpoints = CheckpointReader(store, from: number)
    }

    /// The next entry; nil at the end of the record.
    ///
    /// - Throws: `unavailable`.
    mutating func next() throws(AuthError) -> RecordEntry? {
        if events.isEmpty { try read() }
        if let checkpoint = try checkpoints.peek() {
            // Its event may have been linked after the events were read.
            if events.isEmpty, checkpoint.number > last { try read() }
            if checkpoint.number < events.first?.link?.number ?? .max {
                checkpoints.pass()
                return .checkpoint(checkpoint.signed)
            }
        }
        return events.popFirst().map(RecordEntry.event)
    }

    /// Whether a checkpoint is among what follows.
    ///
    /// - Throws: `unavailable`.
    mutating func hasCheckpoint() throws(AuthError) -> Bool { try checkpoints.peek() != nil }

    private mutating func read() throws(AuthError) {
        do throws(AuthError) {
            events = try store.linkedEvents(after: last, limit: Self.pageCount)[...]
        } catch {
            guard error.isUnreadable else { throw error }
            // One by one, up to the row that cannot be read.
            events = try store.linkedEvents(after: last, limit: 1)[...]
        }
        last = events.last?.link?.number ?? last
    }
}

extension AuthError {
    /// Whether a row is not what the store has written.
    var isUnreadable: Bool {
        if case .unavailable(.databaseCorrupt, _) = self { true } else { false }
    }
}
