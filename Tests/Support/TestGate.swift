public import Auth
import Synchronization

/// A gate without a queue: counts the turns, and lets a test run code during one.
public final class TestGate: HashingGate {
    private struct State {
        var turns = 0
        var isFull = false
        var onTurn: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Creates an open gate.
    public init() {}

    /// The number of turns.
    public var turns: Int { state.withLock { $0.turns } }

    /// Whether every turn is refused.
    public var isFull: Bool {
        get { state.withLock { $0.isFull } }
        set { state.withLock { $0.isFull = newValue } }
    }

    /// Does something once, inside the next turn: after an account was read, before anything is
    /// written.
    public func duringNextTurn(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onTurn = action }
    }

    /// Runs the work at once.
    ///
    /// - Throws: `overloaded` while the gate is full.
    public func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value {
        guard !isFull else { throw .overloaded(retryAfter: 3) }
        let action = state.withLock { state in
            state.turns += 1
            defer { state.onTurn = nil }
            return state.onTurn
        }
        action?()
        return work()
    }
}
