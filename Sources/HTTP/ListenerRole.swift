/// The kind of listener that accepted a request: each serves different paths.
public enum ListenerRole: Sendable, Equatable {
    /// For the clients of the site.
    case `public`
    /// For health checks and metrics.
    case admin
}
