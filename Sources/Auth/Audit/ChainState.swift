/// How far the chain goes, as the record says itself; `ChainVerifier` proves it.
public struct ChainState: Sendable, Equatable {
    /// The head; nil before the first link.
    public let head: ChainHead?
    /// The last checkpoint; nil before the first one.
    public let checkpoint: LastCheckpoint?
    /// The public key that signed it, 32 bytes.
    public let checkpointKey: [UInt8]?
    /// How many events wait for the linker: a few of the last second, or more when it does not run.
    public let notLinked: BoundedCount

    /// The most events that are counted.
    static let maximumCount = 10_000

    /// A checkpoint as it was found.
    public enum LastCheckpoint: Sendable, Equatable {
        /// Signed by its key.
        case signed(Checkpoint)
        /// Not what its key signed.
        case invalid
    }
}
