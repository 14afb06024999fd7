/// The record of what happened as evidence: proven, exported, with its public keys.
///
/// Confined to one thread.
public struct RecordService: Service {
    let context: AuthContext

    /// What verifies the MACs of the record.
    ///
    /// - Throws: `unavailable` when no secret key opens the keys of the record.
    public func macVerifier() throws(AuthError) -> MACVerifier {
        try recorder.macVerifier(in: store)
    }

    /// The public keys of checkpoints, the one that signs now first; none before the first event.
    ///
    /// - Throws: `unavailable` when no secret key opens the keys of the record.
    public func publicKeys() throws(AuthError) -> [[UInt8]] {
        try recorder.publicKeys(in: store)
    }

    /// The events of a time with their checkpoints.
    ///
    /// - Parameters:
    ///   - since: The time of the first events; nil for all that are kept.
    ///   - until: Events of this time and later are left out; nil for none.
    /// - Returns: What is to be read from.
    /// - Throws: `unavailable`.
    public func export(
        since: Timestamp?, until: Timestamp?
    ) throws(AuthError) -> RecordExport {
        try RecordExport(of: store, since: since, until: until)
    }

    /// The last checkpoint, and those that are signed from now on.
    ///
    /// - Throws: `unavailable`.
    public func checkpoints() throws(AuthError) -> CheckpointFeed { try CheckpointFeed(store) }

    /// The number of the last link; 0 before the first one.
    ///
    /// - Throws: `unavailable`.
    public func lastNumber() throws(AuthError) -> Int64 { try store.chainHead()?.link.number ?? 0 }

    /// Proves the whole record, beside other processes that write.
    ///
    /// - Parameter verifier: Of scope `whole`, nothing added.
    /// - Returns: What was found.
    /// - Throws: `unavailable`.
    public func verify(with verifier: ChainVerifier) throws(AuthError) -> ChainVerdict {
        try store.verifyChain(with: verifier)
    }

    private var recorder: EventRecorder {
        get throws(AuthError) {
            guard let recorder = store.cause.recorder else {
                throw EventRecorder.unusable("no recorder")
            }
            return recorder
        }
    }
}
