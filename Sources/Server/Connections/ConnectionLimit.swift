import Synchronization

/// Counts the connections of all loops against their limit.
final class ConnectionLimit: Sendable {
    /// How many connections may exceed the limit while other loops close one in exchange.
    static let overshoot = 64
    /// How many connections of the admin listener may exceed that: health checks and metrics work
    /// when no other client gets a connection.
    static let reserve = 16

    /// The limit.
    let maximum: Int
    private let open = Atomic<Int>(0)
    private let entered = Atomic<UInt64>(0)
    private let refused = Atomic<UInt64>(0)

    /// Creates a counter at zero.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Open connections.
    var count: Int { open.load(ordering: .relaxed) }

    /// Connections counted since the start.
    var accepted: UInt64 { entered.load(ordering: .relaxed) }

    /// Connections refused since the start.
    var refusals: UInt64 { refused.load(ordering: .relaxed) }

    /// Whether the limit is reached.
    var isFull: Bool { count >= maximum }

    /// Counts one more connection.
    ///
    /// - Parameter overshoot: How far the limit may be exceeded.
    /// - Returns: False, and nothing counted, when the limit is reached.
    func enter(beyond overshoot: Int = 0) -> Bool {
        guard open.add(1, ordering: .relaxed).newValue - overshoot <= maximum else {
            open.subtract(1, ordering: .relaxed)
            return false
        }
        entered.add(1, ordering: .relaxed)
        return true
    }

    /// Counts a refused connection.
    func countRefusal() {
        refused.add(1, ordering: .relaxed)
    }

    /// Counts one connection less.
    func leave() {
        open.subtract(1, ordering: .relaxed)
    }
}
