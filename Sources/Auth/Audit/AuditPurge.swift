import Crypto

/// Which events are deleted: those older than history is kept, and the oldest of too many.
///
/// Up to a checkpoint, which is the anchor of what stays. Not for each event that grows too old: what is deleted
/// is at least a day's worth, or a hundredth of the most that are kept.
struct AuditPurge {
    private let oldest: Timestamp?
    private let lowest: Int64
    private let kept: Int64
    private static let step: Int64 = 86_400

    /// The checkpoint after which events stay; nil while none is deleted.
    private(set) var anchor: Int64?
    /// Whether enough can be deleted.
    private(set) var isDue = false

    /// A purge of nothing yet.
    ///
    /// - Parameters:
    ///   - oldest: The time before which events are deleted; nil for none.
    ///   - head: The number of the last event.
    ///   - maximum: The most events that are kept.
    init(before oldest: Timestamp?, head: Int64, maximum: Int64) {
        self.oldest = oldest
        lowest = head - maximum
        kept = maximum
    }

    /// Takes the next checkpoint into account, in the order of the chain.
    ///
    /// - Returns: Whether events up to it are deleted; if not, none after it are.
    mutating func takes(_ checkpoint: Checkpoint, firstKept: Int64) -> Bool {
        // Its time is that of its last event, or later.
        let isOld = oldest.map { checkpoint.time <= $0 } ?? false
        guard isOld || checkpoint.link.number <= lowest else { return false }
        guard checkpoint.link.number >= firstKept else { return true }
        anchor = checkpoint.link.number
        isDue =
            isDue || oldest.map { checkpoint.time.adding(seconds: Self.step) <= $0 } ?? false
            || firstKept - 1 + kept / 100 <= lowest
        return true
    }
}

extension LinkerService {
    /// The most events that one transaction deletes, so that no write waits long for it.
    private static let deletedAtOnce = 500

    /// Deletes events that are older than history is kept, and the oldest of too many; a signed checkpoint says
    /// so before the first one goes.
    ///
    /// In many transactions. Where this ends in between, the next run completes it.
    /// - Parameters:
    ///   - maximum: The most events that are kept.
    ///   - isEnding: Asked between transactions: whether to leave the rest for another time.
    /// - Returns: How many events were deleted, and the checkpoints that were signed.
    /// - Throws: `unavailable`.
    public func purge(
        keeping maximum: Int64, unless isEnding: () -> Bool = { false }
    ) throws(AuthError) -> (deleted: Int, checkpoints: [SignedCheckpoint]) {
        guard let head = try context.store.chainHead() else { return (0, []) }
        let checkpoints = try checkpoints(upTo: head)
        // While another process signs, what is due can wait.
        guard let last = checkpoints.last, try context.store.chainHead() == head else {
            return (0, [])
        }
        let retention = (context.store.state.setup?.retentionPeriod ?? .standardRetention).seconds
        // As far as the store has come with its own history: by steps that a wrong clock cannot lengthen.
        let time = try context.store.write { transaction throws(AuthError) in
            try transaction.purgeTime()
        }
        let oldest = time.map { min($0, context.now()).adding(seconds: -retention) }
        var purge = AuditPurge(before: oldest, head: head.link.number, maximum: maximum)
        for checkpoint in checkpoints {
            guard purge.takes(checkpoint, firstKept: last.first) else { break }
        }
        var signed: [SignedCheckpoint] = []
        var first = last.first
        if purge.isDue, let anchor = purge.anchor {
            first = anchor + 1
            signed = try announce(first, after: last.first)
        }
        return (try deleteEvents(below: first, unless: isEnding), signed)
    }

    private func deleteEvents(
        below first: Int64, unless isEnding: () -> Bool
    ) throws(AuthError) -> Int {
        var deleted = 0
        while first > 1 && !isEnding() {
            let count = try context.store.write { transaction throws(AuthError) in
                try transaction.deleteEvents(below: first, limit: Self.deletedAtOnce)
            }
            deleted += count
            guard count == Self.deletedAtOnce else { break }
        }
        return deleted
    }

    /// The checkpoints that a head vouches for, each by the one after it: a forged one, or one of another time,
    /// must not say what is deleted.
    ///
    /// - Throws: `unavailable` where they are not what the server left.
    private func checkpoints(upTo head: ChainHead) throws(AuthError) -> [Checkpoint] {
        let macs = try context.store.cause.recorder?.macVerifier(in: context.store)
        guard macs?.isValid(head.mac, of: head.digest, as: .head) == true else {
            throw Linker.untrue("its head has no valid MAC")
        }
        var reader = CheckpointReader(context.store, from: .min)
        var (checkpoints, hash): ([Checkpoint], Digest?) = ([], nil)
        while hash == nil || hash != head.checkpoint, let next = try reader.peek()?.signed {
            reader.pass()
            guard let checkpoint = Checkpoint(text: next.text),
                hash == nil || checkpoint.previous == hash
            else { throw Linker.untrue("a checkpoint is changed, or one before it is missing") }
            checkpoints.append(checkpoint)
            hash = next.hash
        }
        guard hash == head.checkpoint else {
            throw Linker.untrue("its last checkpoint is missing")
        }
        return checkpoints
    }

    private func announce(
        _ first: Int64, after old: Int64
    ) throws(AuthError) -> [SignedCheckpoint] {
        let before = try linkBacklog()
        return try before
            + context.store.writeLinks { transaction throws(AuthError) in
                try transaction.record(
                    .auditPurged, of: nil, by: .server,
                    [
                        EventChange(.count, to: "\(first - old)"),
                        EventChange(.first, from: "\(old)", to: "\(first)"),
                    ])
                var linker = try Linker(in: transaction)
                try linker.linkAll()
                // Another process may have announced more meanwhile.
                try linker.sign(.purge, first: max(first, linker.checkpoint?.first ?? 1))
                return linker.linked.checkpoints
            }
    }
}
