/// A status; its dot is a phase of the moon.
enum BadgeStatus: String, Sendable {
    /// In use, confirmed: full.
    case active
    /// Waits for a decision, or is paused: half.
    case pending
    /// Has ended or will soon: crescent.
    case expired
    /// Is not in use: empty.
    case disabled
    /// Has not been confirmed: empty.
    case unconfirmed
    /// Is refused: empty, in the colour of danger.
    case blocked
    /// No status: a role, a plan.
    case plain
}

/// A status with the word for it.
func badge(_ status: BadgeStatus, _ text: String) -> HTML {
    span("badge \(status.rawValue)") { text }
}
