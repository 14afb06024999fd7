/// Where an endpoint may run: what it may wait for decides.
public enum Lane: Sendable, Equatable, CaseIterable {
    /// On the event loop itself: memory only, never waits.
    case loop
    /// On a worker that may wait for the database.
    case store
    /// On a worker that may wait for its turn to derive a key from a password.
    case hashing
}
