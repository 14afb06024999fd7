/// Why a passkey is refused.
public struct PasskeyRefusal: Sendable, Equatable {
    /// For the log.
    public let reason: Reason
    /// The rule that the response breaks, for a person: one sentence without a full stop; nil for a passkey
    /// that is unknown.
    public let sentence: String?
    /// Whether the passkey works again once it was removed and added.
    public let wantsNewRegistration: Bool

    /// Creates a refusal.
    public init(_ reason: Reason, sentence: String? = nil, wantsNewRegistration: Bool = false) {
        self.reason = reason
        self.sentence = sentence
        self.wantsNewRegistration = wantsNewRegistration
    }
}
