/// Why a passkey is refused.
public struct PasskeyRefusal: Sendable, Equatable {
    /// For the log.
    public let reason: Reason
    /// The rule that the response breaks, for a person: one sentence without a full stop; nil for a passkey
    /// that is unknown.
    public let sentence: String?

    /// Creates a refusal.
    public init(_ reason: Reason, sentence: String? = nil) {
        self.reason = reason
        self.sentence = sentence
    }
}
