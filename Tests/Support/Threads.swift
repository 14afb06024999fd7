import Glibc
import Synchronization
public import System

/// Checks a condition repeatedly until it is met.
///
/// - Returns: Whether it was met within 20 seconds.
/// - Throws: What the condition throws.
public func becomesTrue(_ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
        if try condition() { return true }
        usleep(1_000)
    }
    return false
}

/// A point at which one thread stops until another resumes it.
public final class Checkpoint: Sendable {
    private let state = Mutex((isReached: false, isOpen: false))

    /// Creates a closed checkpoint.
    public init() {}

    /// Stops the calling thread until the checkpoint is open.
    public func pass() {
        state.withLock { $0.isReached = true }
        _ = becomesTrue { state.withLock { $0.isOpen } }
    }

    /// Resumes the thread that has stopped, or will stop.
    public func open() { state.withLock { $0.isOpen = true } }

    /// Waits until a thread has stopped.
    public func waitUntilReached() { _ = becomesTrue { state.withLock { $0.isReached } } }
}

/// Runs a body on several threads at once and returns the results, in order.
///
/// - Throws: When the process cannot have another thread.
public func inParallel<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Value
) throws(SystemError) -> [Value] {
    let made = Results<Value>()
    var threads: [Thread] = []
    for index in 0..<count {
        threads.append(try Thread { made.set(body(index), at: index) })
    }
    for thread in threads { thread.join() }
    return made.all
}

private final class Results<Value: Sendable>: Sendable {
    private let values = Mutex<[Int: Value]>([:])

    func set(_ value: Value, at index: Int) { values.withLock { $0[index] = value } }

    var all: [Value] { values.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
