import Testing

@testable import WebAuthn

/// A change to an honest ceremony, and the rule that it breaks.
struct Refusal<Ceremony>: Sendable, CustomTestStringConvertible {
    /// What is changed.
    let name: String
    /// The rule.
    let reason: WebAuthnError
    /// Changes it.
    let change: @Sendable (inout Ceremony) -> Void

    var testDescription: String { name }

    /// A change, by what it does.
    init(
        _ name: String, _ reason: WebAuthnError,
        _ change: @escaping @Sendable (inout Ceremony) -> Void
    ) {
        self.name = name
        self.reason = reason
        self.change = change
    }
}
