/// The threads that an endpoint runs on, chosen by what it may wait for.
public enum Lane: Sendable, Equatable, CaseIterable {
    /// On the event loop itself: memory only, never waits.
    case loop
    /// On a worker that may wait for the database.
    case store
    /// On a worker that may wait for a permit to derive a key from a password.
    case hashing
}
