import Crypto

extension EventStore {
    /// Verifies the chain of a store beside other processes that write, in pages: its memory does not grow with
    /// the chain.
    ///
    /// - Parameter fresh: Of scope `whole`, nothing added.
    /// - Returns: What was found.
    /// - Throws: `unavailable`.
    func verifyChain(with fresh: ChainVerifier) throws(AuthError) -> ChainVerdict {
        var former: ChainBreak?
        while true {
            var walk = try ChainWalk(store: self, fresh)
            let verdict = try walk.verdict()
            // A purge deletes and a deletion erases what was read or is read next; it is looked at again, after
            // that. What is found in the same place twice is there.
            guard case .broken(let found) = verdict, found != former, try walk.isOutrun() else {
                return verdict
            }
            former = found
        }
    }
}

/// One walk along the chain of a store, up to the head that it had at the beginning.
private struct ChainWalk {
    /// The most events without a link that are looked at: a linker that runs leaves a few.
    private static let maximumUnlinked = 10_000

    private let store: any EventStore
    private let head: ChainHead?
    private let first: Int64?
    private var verifier: ChainVerifier
    private var hasLastCheckpoint = false

    init(store: any EventStore, _ fresh: ChainVerifier) throws(AuthError) {
        self.store = store
        verifier = fresh
        head = try store.readableHead()
        first = try store.firstNumber()
    }

    /// Whether the store has another head or another first event than at the beginning.
    func isOutrun() throws(AuthError) -> Bool {
        guard try store.readableHead() == head else { return true }
        return try store.firstNumber() != first
    }

    mutating func verdict() throws(AuthError) -> ChainVerdict {
        do throws(AuthError) {
            try walk()
        } catch {
            guard error.isUnreadable else { throw error }
            verifier.addUnreadable()
        }
        var notLinked: [RecordedEvent] = []
        do throws(AuthError) {
            notLinked = try store.unlinkedEvents(limit: Self.maximumUnlinked)
            // Counted after that: what is recorded meanwhile must not look as if it was never linked.
            let waiting = try store.unlinkedEventCount(upTo: Self.maximumUnlinked)
            if let first = notLinked.first, notLinked.count > waiting {
                verifier.addNeverLinked(first)
            }
        } catch {
            guard error.isUnreadable else { throw error }
            verifier.addUnreadable(isLinked: false)
        }
        return verifier.finish(head: head, notLinked: notLinked)
    }

    private mutating func walk() throws(AuthError) {
        let end = head?.link.number ?? .max
        // Before the first number there is nothing: what is there comes first.
        let first = first ?? 1
        var reader = RecordReader(store, after: first < 1 ? .min : first - 1)
        while let entry = try reader.next() {
            switch entry {
            case .event(let event):
                let number = event.link?.number ?? .min
                // What is linked after the head was read is left to another time.
                if number > end, try store.readableHead()?.link.number ?? 0 >= number { return }
                verifier.add(event)
            case .checkpoint(let signed):
                // As is what is signed after it was.
                guard !hasLastCheckpoint else { continue }
                try verifier.add(signed)
                hasLastCheckpoint = head.map { signed.hash == $0.checkpoint } ?? false
            }
        }
    }
}

extension EventStore {
    /// The head; nil as well when it cannot be read.
    fileprivate func readableHead() throws(AuthError) -> ChainHead? {
        do throws(AuthError) {
            return try chainHead()
        } catch {
            guard error.isUnreadable else { throw error }
            return nil
        }
    }

    /// The number of the first event; nil where there is none, or it cannot be read.
    fileprivate func firstNumber() throws(AuthError) -> Int64? {
        do throws(AuthError) {
            return try linkedEvents(after: .min, limit: 1).first?.link?.number
        } catch {
            guard error.isUnreadable else { throw error }
            return nil
        }
    }
}
