/// The result of a creation that is requested once, however often its request arrives.
///
/// A form carries the id of what it creates, so that a second press of its button creates nothing.
public enum CreatedOnce<New: Sendable, Present: Sendable>: Sendable {
    /// It was created, with its secret.
    case made(New)
    /// It was created by an earlier request; its secret is not stored.
    case alreadyMade(Present)
}
