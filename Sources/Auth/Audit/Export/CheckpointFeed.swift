/// The checkpoints that are signed from now on, and the last one before: each is passed once it is elsewhere.
///
/// Confined to one thread.
public struct CheckpointFeed {
    private let store: any EventStore
    private var number: Int64 = 0
    /// What was passed of this number: several checkpoints can have it.
    private var passed: [String] = []

    /// Begins at the last checkpoint.
    ///
    /// - Throws: `unavailable`, also when that is damaged.
    init(_ store: any EventStore) throws(AuthError) {
        self.store = store
        if let last = try store.lastCheckpoint() { number = try Self.number(of: last) }
    }

    /// The next checkpoint, until it is passed; nil where there is none.
    ///
    /// - Throws: `unavailable`, also when one is damaged: what is behind it cannot be found.
    public func next() throws(AuthError) -> SignedCheckpoint? {
        var reader = CheckpointReader(store, from: number)
        while let found = try reader.peek() {
            guard try Self.number(of: found.signed) == number, passed.contains(found.signed.text)
            else { return found.signed }
            reader.pass()
        }
        return nil
    }

    /// Goes on to the checkpoint behind this one.
    public mutating func pass(_ checkpoint: SignedCheckpoint) {
        let passedNumber = Checkpoint(text: checkpoint.text)?.link.number ?? number
        if passedNumber > number { (number, passed) = (passedNumber, []) }
        passed.append(checkpoint.text)
    }

    private static func number(of signed: SignedCheckpoint) throws(AuthError) -> Int64 {
        guard let checkpoint = Checkpoint(text: signed.text) else {
            throw EventRecorder.unusable("a checkpoint is damaged")
        }
        return checkpoint.link.number
    }
}
