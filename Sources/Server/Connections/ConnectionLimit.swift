import Synchronization

/// Counts the connections of all loops against their bound.
final class ConnectionLimit: Sendable {
    /// How many connections may be open beyond the bound while other loops make room for them.
    static let overshoot = 64
    /// How many connections may be open beyond that of those who watch over the server: they are
    /// answered when nobody else is.
    static let reserve = 16

    /// The bound.
    let maximum: Int
    private let open = Atomic<Int>(0)
    private let entered = Atomic<UInt64>(0)
    private let refused = Atomic<UInt64>(0)

    /// Nobody there yet.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// How many connections are open.
    var count: Int { open.load(ordering: .relaxed) }

    /// How many connections were ever counted.
    var accepted: UInt64 { entered.load(ordering: .relaxed) }

    /// How many were turned away.
    var refusals: UInt64 { refused.load(ordering: .relaxed) }

    /// Whether the bound is reached.
    var isFull: Bool { count >= maximum }

    /// Counts one more connection.
    ///
    /// - Parameter overshoot: How far beyond the bound that is possible.
    /// - Returns: False, and nothing counted, when the bound is reached.
    func enter(beyond overshoot: Int = 0) -> Bool {
        guard open.add(1, ordering: .relaxed).newValue - overshoot <= maximum else {
            open.subtract(1, ordering: .relaxed)
            return false
        }
        entered.add(1, ordering: .relaxed)
        return true
    }

    /// Counts one that was turned away.
    func countRefusal() {
        refused.add(1, ordering: .relaxed)
    }

    /// Counts one connection less.
    func leave() {
        open.subtract(1, ordering: .relaxed)
    }
}
