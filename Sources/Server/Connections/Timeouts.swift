import System

/// How long a connection may take for what; at most a hundred years each.
public struct Timeouts: Sendable, Equatable {
    /// For a first byte, and for a whole head from there on.
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

/// How fast heads and bodies have to arrive, once they have taken a while.
///
/// A client that sends a byte now and then would hold its connection for all of the time that a slow
/// one is given (CWE-400, "Slowloris").
enum Pace {
    /// How long any pace will do.
    static let grace = Duration.seconds(5)
    /// How often the pace is looked at after that.
    static let interval = Duration.seconds(1)
    /// Since the beginning of the head or body.
    static let bytesPerSecond: UInt64 = 500

    /// Whether this much in this many nanoseconds is fast enough.
    static func isKept(bytes: Int, in nanoseconds: UInt64) -> Bool {
        UInt64(bytes) >= nanoseconds / 1_000_000 * bytesPerSecond / 1_000
    }
}

/// The limit of each kind of wait, in nanoseconds.
struct TimeoutLimits {
    private var nanoseconds: [UInt64]
    /// For a whole head.
    let head: UInt64
    /// For a whole body.
    let body: UInt64

    /// The limits that the timeouts name.
    init(_ timeouts: Timeouts) {
        head = timeouts.head.nanoseconds
        body = timeouts.body.nanoseconds
        nanoseconds = ConnectionTimeout.allCases.map { wait in
            switch wait {
            case .start: timeouts.head.nanoseconds
            case .head: min(timeouts.head, Pace.grace).nanoseconds
            case .body: min(timeouts.body, Pace.grace).nanoseconds
            case .headPace, .bodyPace: Pace.interval.nanoseconds
            case .idle: timeouts.idle.nanoseconds
            case .write: timeouts.write.nanoseconds
            case .linger: timeouts.linger.nanoseconds
            }
        }
    }

    /// The limit of one kind.
    subscript(wait: ConnectionTimeout) -> UInt64 {
        get { nanoseconds[wait.rawValue] }
        set { nanoseconds[wait.rawValue] = newValue }
    }
}
