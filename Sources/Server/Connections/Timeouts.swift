import System

/// How long a connection may take in each phase; at most a hundred years each.
public struct Timeouts: Sendable, Equatable {
    /// For a first byte, and from there on for a complete head.
    public var head: Duration = .seconds(10)
    /// For a complete body, from the end of its head.
    public var body: Duration = .seconds(30)
    /// Between a response and the next request; longer than a proxy keeps its connections.
    public var idle: Duration = .seconds(150)
    /// For the client to receive a response, from the first incomplete send.
    public var write: Duration = .seconds(30)
    /// For the requests in progress when the server shuts down.
    public var drain: Duration = .seconds(10)
    /// For a client to close after its last response: until then its input is read and dropped,
    /// because closing with unread input would discard the response in transit (RFC 9112 §9.6).
    public var linger: Duration = .seconds(2)

    /// Creates the defaults.
    public init() {}
}

/// The minimum data rate of heads and bodies, after a grace period.
///
/// A client that sends a byte now and then would otherwise keep its connection for as long as a
/// slow client may take (CWE-400, "Slowloris").
enum MinimumRate {
    /// How long any rate is accepted.
    static let grace = Duration.seconds(5)
    /// How often the rate is checked after that.
    static let interval = Duration.seconds(1)
    /// The average since the beginning of the head or body.
    static let bytesPerSecond: UInt64 = 500

    /// Whether this many bytes in this many nanoseconds reach the minimum rate.
    static func isMet(bytes: Int, in nanoseconds: UInt64) -> Bool {
        UInt64(bytes) >= nanoseconds / 1_000_000 * bytesPerSecond / 1_000
    }
}

/// The limit of each kind of timeout, in nanoseconds.
struct TimeoutLimits {
    private var nanoseconds: [UInt64]
    /// For a complete head.
    let head: UInt64
    /// For a complete body.
    let body: UInt64

    /// Creates the limits that the timeouts define.
    init(_ timeouts: Timeouts) {
        head = timeouts.head.nanoseconds
        body = timeouts.body.nanoseconds
        nanoseconds = ConnectionTimeout.allCases.map { wait in
            switch wait {
            case .start: timeouts.head.nanoseconds
            case .head: min(timeouts.head, MinimumRate.grace).nanoseconds
            case .body: min(timeouts.body, MinimumRate.grace).nanoseconds
            case .headRate, .bodyRate: MinimumRate.interval.nanoseconds
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
