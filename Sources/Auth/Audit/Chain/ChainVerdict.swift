public import Crypto

/// What a verification of the chain says.
public enum ChainVerdict: Sendable, Equatable {
    /// Nothing is wrong with what was verified.
    case intact(ChainSummary)
    /// The first place at which the record is not what it was.
    case broken(ChainBreak)
}

/// What was verified of a chain that is intact.
public struct ChainSummary: Sendable, Equatable {
    /// How many events.
    public var count: Int64 = 0
    /// The number of the first event; nil where there is none.
    public var first: Int64?
    /// The last link; nil where there is none.
    public var last: Link?
    /// The record; nil before its first checkpoint.
    public var origin: UUID?
    /// How many checkpoints.
    public var checkpoints: Int64 = 0
    /// Up to which number a signature vouches for the chain; nil where none does.
    public var signedNumber: Int64?
    /// The public key that signs from here on; nil before the first checkpoint.
    public var publicKey: [UInt8]?
    /// Whether the MACs were verified, which needs the secret keys.
    public var hasVerifiedMACs = false
    /// Events that the linker did not come to yet: their MACs alone vouch for them.
    public var notLinked: [UUID] = []

    init() {}
}

/// The first place at which the record is not what it was.
public struct ChainBreak: Sendable, Equatable {
    /// What is wrong.
    public let problem: ChainProblem
    /// The number of the event, or of the event that should be there; nil for one that is not linked.
    public let number: Int64?
    /// The event that has this place; nil where there is none.
    public let event: UUID?

    init(_ problem: ChainProblem, at number: Int64?, _ event: UUID? = nil) {
        self.problem = problem
        self.number = number
        self.event = event
    }
}

/// What can be wrong with the record.
public enum ChainProblem: String, Sendable, CaseIterable {
    /// The event is not what was linked.
    case changed
    /// The event that had this number is not there.
    case removed
    /// Another event has the place of this one.
    case reordered
    /// The event was never linked.
    case inserted
    /// This event and all after it are not there.
    case cutOff = "cut_off"
    /// The MAC of the event is none of the server's.
    case badMAC = "bad_mac"
    /// Events before this one are not there, and no signed checkpoint says that they were deleted.
    case uncoveredGap = "uncovered_gap"
    /// A checkpoint contradicts itself or those before it.
    case badCheckpoint = "bad_checkpoint"
    /// The checkpoint of this number is not there.
    case missingCheckpoint = "missing_checkpoint"
    /// A checkpoint has no valid signature.
    case unsignedCheckpoint = "unsigned_checkpoint"
    /// A checkpoint is signed by a key that is not the record's.
    case wrongKey = "wrong_key"
    /// The chain is another one than a checkpoint says: events up to this number were linked again.
    case contradictsCheckpoint = "contradicts_checkpoint"
    /// The events of the given checkpoint were deleted since: it cannot be compared.
    case checkpointTooOld = "checkpoint_too_old"
    /// Personal data of the event was erased, and no account whose data it was is deleted.
    case erased
    /// The row of the event cannot be read.
    case unreadable
    /// The head is missing, has no valid MAC, or does not belong to the last event.
    case badHead = "bad_head"
}
