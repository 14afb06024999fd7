import Synchronization

/// Counts the connections of all loops against their bound.
final class Census: Sendable {
    private let open = Atomic<Int>(0)
    private let maximum: Int

    /// Nobody there yet.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// How many connections are open.
    var count: Int { open.load(ordering: .relaxed) }

    /// Counts one more connection.
    ///
    /// - Returns: False, and nothing counted, when the bound is reached.
    func enter() -> Bool {
        guard open.add(1, ordering: .relaxed).newValue <= maximum else {
            open.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Counts one connection less.
    func leave() {
        open.subtract(1, ordering: .relaxed)
    }
}
