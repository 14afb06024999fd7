import Linux
/// How long a connection may take for what; at most a hundred years each.
public struct Timeouts: Sendable, Equatable {
    /// For a whole head, from its first byte.
    public var head: Duration = .seconds(10)
    /// For a whole body, from the end of its head.
    public var body: Duration = .seconds(30)
    /// Between an answer and the next request; longer than a proxy keeps its connections.
    public var idle: Duration = .seconds(150)
    /// For the client to take an answer, from when it could not be sent at once.
    public var write: Duration = .seconds(30)
    /// For everything that is under way when the server is told to end.
    public var drain: Duration = .seconds(10)
    /// For a client to close after its last answer: until then its input is read and dropped,
    /// because closing on unread input would destroy the answer on its way (RFC 9112 §9.6).
    public var linger: Duration = .seconds(2)

    /// The defaults.
    public init() {}
}

/// The limit of each kind of wait, in nanoseconds.
struct WaitLimits {
    private var nanoseconds: [UInt64]

    /// The limits that the timeouts name.
    init(_ timeouts: Timeouts) {
        nanoseconds = Wait.allCases.map { wait in
            switch wait {
            case .head: timeouts.head.nanoseconds
            case .body: timeouts.body.nanoseconds
            case .idle: timeouts.idle.nanoseconds
            case .write: timeouts.write.nanoseconds
            case .linger: timeouts.linger.nanoseconds
            }
        }
    }

    /// The limit of one kind.
    subscript(wait: Wait) -> UInt64 {
        get { nanoseconds[wait.rawValue] }
        set { nanoseconds[wait.rawValue] = newValue }
    }
}
