import Crypto

/// Gives events their places in the chain, renews the head, and signs the checkpoints that are due.
///
/// All of it in one transaction: after a crash, all of it or nothing is done. Events are linked whether or not
/// their MACs are the server's: a forged one that is linked stays where a verification finds it, while one that
/// held up the linker would keep those after it out of the chain.
struct Linker {
    /// The most events that one transaction links, so that no write waits long for it.
    static let batch = 1_000
    /// After how many seconds events need a checkpoint, however few they are.
    static let checkpointSeconds: Int64 = 3_600

    private let transaction: any Transaction
    private let recorder: EventRecorder
    private let origin: UUID
    /// The last link; nil before the first.
    private(set) var last: Link?
    /// The last checkpoint; nil before the first.
    private(set) var checkpoint: Checkpoint?
    /// The hash of the last checkpoint.
    private var checkpointHash: Digest?
    /// What was done so far.
    private(set) var linked = Linked()

    /// Begins after the head.
    ///
    /// - Throws: `unavailable` when the head is not what the server left: to go on after one that was set back
    ///   would hide that.
    init(in transaction: any Transaction) throws(AuthError) {
        guard let recorder = transaction.cause.recorder else {
            throw EventRecorder.unusable("no recorder for the chain")
        }
        self.transaction = transaction
        self.recorder = recorder
        let head = try transaction.chainHead()
        let signed = try transaction.lastCheckpoint()
        if let head {
            let macs = try recorder.macVerifier(in: transaction)
            guard macs.isValid(head.mac, of: head.digest, as: .head) else {
                throw Self.untrue("its head has no valid MAC")
            }
        }
        checkpoint = signed.flatMap { Checkpoint(text: $0.text) }
        checkpointHash = signed?.hash
        // What the next one says of those before it is taken from there.
        guard (signed == nil) == (checkpoint == nil), (head == nil) == (checkpoint == nil),
            checkpointHash == head?.checkpoint
        else { throw Self.untrue("its head and its checkpoints contradict each other") }
        origin = head?.origin ?? .random()
        last = head?.link
    }

    /// Links events in the order in which they were recorded.
    ///
    /// - Parameter limit: The most.
    /// - Throws: `unavailable`.
    mutating func link(limit: Int = Linker.batch) throws(AuthError) {
        let events = try transaction.unlinkedEvents(limit: limit)
        var links: [UUID: Link] = [:]
        for event in events {
            let link = Link(of: event.event.digest, after: last)
            links[event.event.id] = link
            last = link
            if link.number == 1 {
                try sign(.first)
            } else if link.number.isMultiple(of: ChainVerifier.checkpointInterval) {
                try sign(.events)
            }
        }
        linked.count += events.count
        linked.isMore = events.count == limit
        guard !events.isEmpty else { return }
        try transaction.save(links)
        try saveHead()
    }

    /// Links all that waits, for a checkpoint that has to be about everything before it.
    ///
    /// In one transaction: where much can wait, `LinkerService.linkBacklog` comes first.
    mutating func linkAll() throws(AuthError) {
        repeat { try link() } while linked.isMore
    }

    /// Signs a checkpoint of the last link.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - first: The number of the first event that is kept, where it changes.
    ///   - successor: The public key that signs from now on, where another one does.
    /// - Throws: `unavailable` when no secret key opens the key that signs.
    mutating func sign(
        _ reason: Checkpoint.Reason, first: Int64? = nil, successor: [UInt8]? = nil
    ) throws(AuthError) {
        guard let last else { return }
        let next = Checkpoint(
            origin: origin, link: last, time: transaction.now, reason: reason,
            first: first ?? checkpoint?.first ?? 1, previous: checkpointHash,
            successor: successor)
        let key = try recorder.signingKey(in: transaction)
        let signed = try FactorVault.reporting { () throws(CryptoError) in
            try SignedCheckpoint(next, by: key)
        }
        try transaction.insert(signed, of: last.number)
        (checkpoint, checkpointHash) = (next, signed.hash)
        linked.checkpoints.append(signed)
        try saveHead()
    }

    /// Signs a checkpoint if events after the last one are an hour old.
    mutating func signIfDue() throws(AuthError) {
        guard hasUnsigned, let checkpoint,
            // Also where the clock was set back by more than that.
            checkpoint.time.adding(seconds: Self.checkpointSeconds) <= transaction.now
                || transaction.now.adding(seconds: Self.checkpointSeconds) <= checkpoint.time
        else { return }
        try sign(.hour)
    }

    /// Whether there are events after the last checkpoint.
    var hasUnsigned: Bool { last?.number ?? 0 > checkpoint?.link.number ?? 0 }

    /// Renews the head, under the present MAC key.
    func saveHead() throws(AuthError) {
        guard let last else { return }
        let digest = ChainHead.digest(
            origin: origin, link: last, time: transaction.now, checkpoint: checkpointHash)
        try transaction.save(
            ChainHead(
                origin: origin, link: last, time: transaction.now, checkpoint: checkpointHash,
                mac: recorder.mac(digest, as: .head, in: transaction)))
    }

    static func untrue(_ detail: String) -> AuthError {
        EventRecorder.unusable("the chain is not continued: \(detail); see `lunauth audit verify`")
    }
}

/// What a linker did.
public struct Linked: Sendable, Equatable {
    /// How many events it linked.
    public internal(set) var count = 0
    /// Whether there may be more.
    public internal(set) var isMore = false
    /// The checkpoints it signed, in order.
    public internal(set) var checkpoints: [SignedCheckpoint] = []
}
