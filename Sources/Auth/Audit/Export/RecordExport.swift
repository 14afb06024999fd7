/// A part of the record that proves itself: it begins at a checkpoint, or with the first event, and ends with
/// a checkpoint.
///
/// Confined to one thread.
public struct RecordExport {
    private var reader: RecordReader
    private let until: Timestamp?
    private var endsAtCheckpoint = false
    private var isComplete = false

    /// An export of the events of a time, and those around them up to the next checkpoints.
    ///
    /// - Parameters:
    ///   - store: Confined to the same thread.
    ///   - since: The time of the first events; nil for all that are kept.
    ///   - until: Events of this time and later are left out; nil for none.
    /// - Throws: `unavailable`.
    init(
        of store: any EventStore, since: Timestamp?, until: Timestamp?
    ) throws(AuthError) {
        self.until = until
        let first = try store.linkedEvents(after: 0, limit: 1).first?.link?.number ?? 1
        var start = first - 1
        if let since, let number = try Self.lastCheckpoint(of: store, before: since) {
            start = max(start, number)
        }
        reader = RecordReader(store, after: start)
    }

    /// The next entry; nil at the end.
    ///
    /// Events behind the last checkpoint are left out: no signature covers them yet.
    /// - Throws: `unavailable`.
    public mutating func next() throws(AuthError) -> RecordEntry? {
        guard !isComplete, try reader.hasCheckpoint(), let entry = try reader.next() else {
            isComplete = true
            return nil
        }
        switch entry {
        case .checkpoint: isComplete = endsAtCheckpoint
        // Events are linked in the order of their transactions: the rest is later, too.
        case .event(let recorded):
            if let until, recorded.event.time >= until { endsAtCheckpoint = true }
        }
        return entry
    }

    /// The number of the last checkpoint that was signed before a time; nil without one.
    ///
    /// What it covers happened before it was signed.
    private static func lastCheckpoint(
        of store: any EventStore, before time: Timestamp
    ) throws(AuthError) -> Int64? {
        var reader = CheckpointReader(store, from: 0)
        var number: Int64?
        while let checkpoint = try reader.peek() {
            reader.pass()
            guard let point = Checkpoint(text: checkpoint.signed.text), point.time < time else {
                continue
            }
            number = point.link.number
        }
        return number
    }
}
