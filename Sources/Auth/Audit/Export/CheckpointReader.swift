/// Reads checkpoints in the order of the chain, a page at a time.
///
/// Confined to one thread.
struct CheckpointReader {
    private static let pageCount = 1_000

    private let store: any EventStore
    private var page: ArraySlice<(number: Int64, signed: SignedCheckpoint)> = []
    private var last: Int64
    // A text that names no number cannot be passed by its number.
    private var isStuck = false

    /// A reader of the checkpoints of a number and later ones.
    init(_ store: any EventStore, from number: Int64) {
        self.store = store
        last = max(number, .min + 1) - 1
    }

    /// The next checkpoint, which stays the next one, and its number; nil at the end.
    ///
    /// - Throws: `unavailable`.
    mutating func peek() throws(AuthError) -> (number: Int64, signed: SignedCheckpoint)? {
        if page.isEmpty, !isStuck { try read() }
        return page.first
    }

    /// Passes the next checkpoint.
    mutating func pass() {
        page = page.dropFirst()
    }

    /// Reads a page that ends between two numbers: a number can have several checkpoints.
    private mutating func read() throws(AuthError) {
        var limit = Self.pageCount
        repeat {
            let found = try store.checkpoints(after: last, limit: limit)
            var numbered: [(number: Int64, signed: SignedCheckpoint)] = []
            for signed in found {
                guard let number = Checkpoint(text: signed.text)?.link.number else {
                    // It is read where it was found, and nothing behind it: who verifies ends there, too.
                    numbered.append((numbered.last?.number ?? last, signed))
                    isStuck = true
                    break
                }
                numbered.append((number, signed))
            }
            if found.count == limit, !isStuck, let number = numbered.last?.number {
                numbered.removeAll { $0.number == number }
            }
            page = numbered[...]
            last = numbered.last?.number ?? last
            guard page.isEmpty, found.count == limit else { return }
            limit *= 2
        } while true
    }
}
