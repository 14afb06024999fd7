import Crypto

/// Verifies a chain from its events and checkpoints, in their order, as a database or an export has them.
///
/// Needs no store and no memory that grows with the chain. Without the MAC keys it verifies what anyone can:
/// the links, and the signatures of the checkpoints.
public struct ChainVerifier {
    /// How much of the chain is added.
    public enum Scope: Sendable {
        /// All that is kept, with the head.
        case whole
        /// A part, which begins with the checkpoint before its first event.
        case part
    }

    /// How often the linker adds a checkpoint, in events; the first event has one, too.
    public static let checkpointInterval: Int64 = 1_000

    private let scope: Scope
    private let macs: MACVerifier?
    private let trusted: [[UInt8]]
    private let given: Checkpoint?

    private var trail = CheckpointTrail()
    private var summary = ChainSummary()
    /// The last link that fits; nil at the beginning.
    private var last: Link?
    /// The number before the first event or checkpoint that was added.
    private var start: Int64?
    /// Whether the first event follows a checkpoint, or is the first of all.
    private var isAnchored = true
    private var found: ChainBreak?
    private var suspicion: Suspicion?
    private var isGivenCompared = false
    private var erasures = ErasureTrail()

    /// Creates a verifier.
    ///
    /// - Parameters:
    ///   - scope: How much of the chain is added.
    ///   - macs: Verifies MACs; nil without the keys.
    ///   - trusted: Public keys of which one must have signed; with none, the checkpoints need only agree
    ///     with each other.
    ///   - given: A checkpoint that was kept elsewhere, which the chain must not contradict. Its key is
    ///     trusted.
    /// - Throws: `badCheckpoint` or `unsignedCheckpoint` for a given one that is none.
    public init(
        _ scope: Scope, macs: MACVerifier? = nil, trusted: [[UInt8]] = [],
        against given: SignedCheckpoint? = nil
    ) throws(GivenCheckpointError) {
        self.scope = scope
        self.macs = macs
        summary.hasVerifiedMACs = macs != nil
        guard let given else {
            (self.given, self.trusted) = (nil, trusted)
            return
        }
        var checkpoint: Checkpoint?
        do throws(CryptoError) { checkpoint = try given.verified() } catch { throw .unavailable }
        guard let checkpoint else { throw .invalid }
        self.given = checkpoint
        self.trusted = trusted.isEmpty ? [given.key] : trusted
    }

    /// Adds the next event, in the order of the chain.
    ///
    /// - Parameter event: A linked one; one without a link was inserted.
    public mutating func add(_ event: RecordedEvent) {
        summary.count += 1
        let digest = event.event.digest
        guard let link = event.link, link.isPossible else {
            report(.inserted, at: nextNumber, event.event.id)
            return
        }
        if suspicion != nil {
            suspicion?.follow(link, digest)
            return
        }
        guard found == nil else { return }
        begin(before: link)
        requireCheckpoint()
        guard found == nil else { return }
        place(event, link, digest)
        compareGiven()
    }

    /// Adds the next checkpoint: before the first event of a later number than its own.
    ///
    /// - Throws: `unavailable` when OpenSSL fails.
    public mutating func add(_ signed: SignedCheckpoint) throws(AuthError) {
        let checkpoint: Checkpoint
        switch try FactorVault.reporting({ () throws(CryptoError) in try trail.add(signed) }) {
        case .success(let verified): checkpoint = verified
        case .failure(let fault):
            report(fault.problem, at: last?.number ?? Checkpoint(text: signed.text)?.link.number)
            return
        }
        guard found == nil, suspicion == nil else { return }
        if start == nil {
            start = checkpoint.link.number
            last = checkpoint.link
        } else if checkpoint.link.number > last?.number ?? 0 {
            suspicion = Suspicion(gapAfter: last)
            return
        } else if checkpoint.link != last {
            report(.contradictsCheckpoint, at: checkpoint.link.number)
            return
        }
        summary.signedNumber = checkpoint.link.number
        compareGiven()
    }

    /// Ends the record at a row that cannot be read.
    ///
    /// - Parameter isLinked: Whether it is one of the chain.
    mutating func addUnreadable(isLinked: Bool = true) {
        report(.unreadable, at: isLinked ? nextNumber : nil)
    }

    /// Ends the record at an event that no linker comes to: another program put it before the last link.
    mutating func addNeverLinked(_ event: RecordedEvent) {
        report(.inserted, at: nil, event.event.id)
    }

    /// Ends with what is only known of a whole record.
    ///
    /// - Parameters:
    ///   - head: As the record has it; nil for a part.
    ///   - notLinked: The events that are not linked yet.
    /// - Returns: What was found.
    public mutating func finish(
        head: ChainHead? = nil, notLinked: [RecordedEvent] = []
    ) -> ChainVerdict {
        if let gap = uncoveredGap { return .broken(gap) }
        if let suspicion { return .broken(suspicion.found) }
        if found == nil { requireCheckpoint() }
        if found == nil { requireEnd(head) }
        if found == nil { requireTrust() }
        for event in notLinked where found == nil {
            requireContent(of: event, event.event.digest, at: nil)
        }
        if found == nil, scope == .whole { found = erasures.unexplained }
        if let found { return .broken(found) }
        summary.last = last
        summary.origin = trail.origin
        summary.checkpoints = trail.count
        summary.publicKey = trail.key
        summary.notLinked = notLinked.map(\.event.id)
        return .intact(summary)
    }
}

/// Why a given checkpoint cannot be compared.
public enum GivenCheckpointError: Error, Sendable {
    /// It is none, or its signature is not its key's.
    case invalid
    /// OpenSSL failed.
    case unavailable
}

extension ChainVerifier {
    private var nextNumber: Int64 { (last?.number ?? 0) + 1 }

    private mutating func report(_ problem: ChainProblem, at number: Int64?, _ event: UUID? = nil) {
        guard found == nil, suspicion == nil else { return }
        found = ChainBreak(problem, at: number, event)
    }

    /// Where nothing was added before, the chain may begin after a gap: what may be missing is only known
    /// once all checkpoints were added.
    private mutating func begin(before link: Link) {
        guard start == nil else { return }
        start = link.number - 1
        isAnchored = start == 0
        summary.first = link.number
    }

    private mutating func place(_ event: RecordedEvent, _ link: Link, _ digest: Digest) {
        if !isAnchored && last == nil {
            // What it follows is gone, and it goes next: a purge ended halfway.
            last = link
        } else if link.number > nextNumber {
            suspicion = Suspicion(gapAfter: last)
            suspicion?.follow(link, digest)
            return
        } else if link.number < nextNumber {
            report(.inserted, at: nextNumber, event.event.id)
            return
        } else {
            guard Link(of: digest, after: last) == link else {
                suspicion = Suspicion(
                    event, link, after: last,
                    isGenuine: macs?.isValid(event.mac, of: digest, as: .event) ?? false)
                return
            }
            last = link
        }
        if summary.first == nil { summary.first = link.number }
        requireContent(of: event, digest, at: link.number)
    }

    /// Requires that personal data are what was committed to, and the MAC is the server's.
    private mutating func requireContent(
        of event: RecordedEvent, _ digest: Digest, at number: Int64?
    ) {
        if !event.event.client.data.isTrue || !event.event.details.data.isTrue {
            report(.changed, at: number, event.event.id)
        } else if let macs, !macs.isValid(event.mac, of: digest, as: .event) {
            report(.badMAC, at: number, event.event.id)
        } else {
            erasures.add(event.event, at: number)
        }
    }

    /// Requires the checkpoint of the last event, where there must be one.
    private mutating func requireCheckpoint() {
        guard let last, isAnchored || trail.count > 0,
            last.number == 1 || last.number.isMultiple(of: Self.checkpointInterval),
            trail.number != last.number
        else { return }
        report(.missingCheckpoint, at: last.number)
    }

    /// What is missing at the beginning, unless a purge was signed.
    private var uncoveredGap: ChainBreak? {
        guard let start, start > 0 else { return nil }
        switch scope {
        case .whole where trail.isGapSigned: return nil
        case .part where isAnchored: return nil
        case .whole, .part: return ChainBreak(.uncoveredGap, at: trail.firstKept)
        }
    }

    private mutating func compareGiven() {
        guard let given, let last, given.link.number == last.number else { return }
        isGivenCompared = true
        if given.link != last || trail.origin != nil && trail.origin != given.origin {
            report(.contradictsCheckpoint, at: last.number)
        }
    }

    /// Requires that the chain goes as far as the head and the given checkpoint say.
    private mutating func requireEnd(_ head: ChainHead?) {
        if scope == .whole {
            if start == 0, trail.hasPredecessor { report(.missingCheckpoint, at: 1) }
            require(head)
        }
        guard found == nil, let given, !isGivenCompared else { return }
        if given.link.number > last?.number ?? 0 {
            report(.cutOff, at: nextNumber)
        } else {
            report(.checkpointTooOld, at: given.link.number)
        }
    }

    private mutating func require(_ head: ChainHead?) {
        guard let head else {
            if let last { report(.badHead, at: last.number) }
            return
        }
        if let macs, !macs.isValid(head.mac, of: head.digest, as: .head) {
            report(.badHead, at: head.link.number)
        } else if head.link.number > last?.number ?? 0 {
            report(.cutOff, at: nextNumber)
        } else if head.link != last || trail.origin != nil && trail.origin != head.origin {
            report(.badHead, at: head.link.number)
        } else if head.checkpoint != trail.hash {
            report(.missingCheckpoint, at: trail.number)
        }
    }

    private mutating func requireTrust() {
        guard trail.count > 0, !trail.includes(anyOf: trusted) else { return }
        report(.wrongKey, at: trail.number)
    }
}

@available(*, unavailable)
extension ChainVerifier: Sendable {}
