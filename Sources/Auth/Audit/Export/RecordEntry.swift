/// What the record has, in the order of the chain: each checkpoint is behind the event that it is of.
public enum RecordEntry: Sendable, Equatable {
    /// An event that is linked.
    case event(RecordedEvent)
    /// A checkpoint.
    case checkpoint(SignedCheckpoint)
}
