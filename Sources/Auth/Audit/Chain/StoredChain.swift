import Crypto

extension EventStore {
    /// Verifies the chain of a store, in pages: its memory does not grow with the chain.
    ///
    /// - Parameters:
    ///   - macs: Verifies MACs; nil without the keys.
    ///   - trusted: The public keys of which one must have signed.
    ///   - given: A checkpoint that was kept elsewhere.
    /// - Returns: What was found.
    /// - Throws: `unavailable`; `GivenCheckpointError` for a given checkpoint that is none.
    public func verifyChain(
        with macs: MACVerifier?, trusted: [[UInt8]] = [], against given: SignedCheckpoint? = nil
    ) throws -> ChainVerdict {
        var walk = try ChainWalk(store: self, macs, trusted, given)
        while true {
            let verdict = try walk.verdict()
            // What was deleted by a purge meanwhile is no gap; it is looked at again, after that.
            guard case .broken = verdict, try walk.isOutrun() else { return verdict }
            walk = try ChainWalk(store: self, macs, trusted, given)
        }
    }
}

/// One walk along the chain of a store, up to the head that it had at the beginning.
private struct ChainWalk {
    private static let page = 1_000

    private let store: any EventStore
    private let head: ChainHead?
    private let first: Link?
    private var verifier: ChainVerifier

    init(
        store: any EventStore, _ macs: MACVerifier?, _ trusted: [[UInt8]],
        _ given: SignedCheckpoint?
    ) throws {
        self.store = store
        verifier = try ChainVerifier(.whole, macs: macs, trusted: trusted, against: given)
        head = try store.chainHead()
        let event = try store.linkedEvents(after: .min, limit: 1).first
        first = event?.link
        // Before the first number there is nothing.
        if let event, event.link?.isPossible != true { verifier.add(event) }
    }

    /// Whether the first event is another one than at the beginning.
    func isOutrun() throws(AuthError) -> Bool {
        try store.linkedEvents(after: .min, limit: 1).first?.link != first
    }

    mutating func verdict() throws(AuthError) -> ChainVerdict {
        let end = head?.link.number ?? .max
        var reader = RecordReader(store, after: max(1, first?.number ?? 1) - 1)
        while let entry = try reader.next() {
            switch entry {
            case .event(let event):
                let number = event.link?.number ?? .min
                // What is linked after the head was read is left to another time.
                if number > end, try store.chainHead()?.link.number ?? 0 >= number {
                    return try finish()
                }
                verifier.add(event)
            case .checkpoint(let signed):
                guard Checkpoint(text: signed.text)?.link.number ?? .min <= end else { continue }
                try verifier.add(signed)
            }
        }
        return try finish()
    }

    private mutating func finish() throws(AuthError) -> ChainVerdict {
        verifier.finish(head: head, notLinked: try store.unlinkedEvents(limit: Self.page))
    }
}
