import Crypto

/// What the checkpoints of a chain say together: the record, the key in force, what may be missing.
struct CheckpointTrail {
    /// The record; nil before the first checkpoint.
    private(set) var origin: UUID?
    /// The key that signs the next checkpoint.
    private(set) var key: [UInt8]?
    /// How many were added.
    private(set) var count: Int64 = 0
    /// The number of the last one.
    private(set) var number: Int64?
    /// The number of the first one.
    private(set) var firstNumber: Int64?
    /// Whether a purge was signed that deletes all up to the first checkpoint: only then may events before
    /// it be missing.
    private(set) var isGapSigned = false
    /// The hash of the last one.
    private(set) var hash: Digest?
    /// Whether there was one before the first one.
    private(set) var hasPredecessor = false
    /// The keys that have signed: being named by another key proves nothing.
    private var keys: [[UInt8]] = []
    /// The number of the first event that is kept, as the last checkpoint says.
    private(set) var firstKept: Int64 = 1

    /// Whether one of these keys has signed, which then vouches for those after it, and the last
    /// checkpoint for all of the chain.
    func includes(anyOf trusted: [[UInt8]]) -> Bool {
        trusted.isEmpty || keys.contains(where: trusted.contains)
    }

    /// Reads the next checkpoint.
    ///
    /// - Returns: The checkpoint, or what is wrong with it.
    /// - Throws: `unavailable` when OpenSSL fails.
    mutating func add(
        _ signed: SignedCheckpoint
    ) throws(CryptoError) -> Result<Checkpoint, CheckpointFault> {
        guard try signed.hasValidSignature() else { return .failure(.unsigned) }
        guard let checkpoint = Checkpoint(text: signed.text) else {
            return .failure(.contradictory)
        }
        guard key == nil || key == signed.key else { return .failure(.foreignKey) }
        guard origin == nil || origin == checkpoint.origin,
            checkpoint.link.isPossible, checkpoint.link.number >= number ?? 1,
            (checkpoint.reason == .rotation) == (checkpoint.successor != nil),
            1...(checkpoint.link.number + 1) ~= checkpoint.first,
            isPlausible(firstOf: checkpoint)
        else { return .failure(.contradictory) }
        guard count == 0 || checkpoint.previous == hash else { return .failure(.notNext) }
        take(checkpoint, signedBy: signed.key)
        hash = signed.hash
        return .success(checkpoint)
    }

    /// Events are deleted by a purge alone, and none comes back.
    private func isPlausible(firstOf checkpoint: Checkpoint) -> Bool {
        guard count > 0 else { return true }
        return checkpoint.reason == .purge
            ? checkpoint.first >= firstKept : checkpoint.first == firstKept
    }

    private mutating func take(_ checkpoint: Checkpoint, signedBy signer: [UInt8]) {
        if !keys.contains(signer) { keys.append(signer) }
        if count == 0 { hasPredecessor = checkpoint.previous != nil }
        origin = checkpoint.origin
        key = checkpoint.successor ?? signer
        count += 1
        number = checkpoint.link.number
        let anchor = firstNumber ?? checkpoint.link.number
        firstNumber = anchor
        firstKept = checkpoint.first
        if checkpoint.reason == .purge && checkpoint.first == anchor + 1 { isGapSigned = true }
    }
}

/// What is wrong with a checkpoint by itself.
enum CheckpointFault: Error {
    /// It has no valid signature.
    case unsigned
    /// It contradicts itself or those before it.
    case contradictory
    /// It is signed by another key than the one in force.
    case foreignKey
    /// One before it is missing.
    case notNext

    var problem: ChainProblem {
        switch self {
        case .unsigned: .unsignedCheckpoint
        case .contradictory: .badCheckpoint
        case .foreignKey: .wrongKey
        case .notNext: .missingCheckpoint
        }
    }
}
