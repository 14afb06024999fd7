import HTTP
import System
import Synchronization

/// A message of another thread to a loop.
enum LoopMessage: Sendable {
    /// The response to a request on a lane.
    case response(Response, Token)
    /// Close the longest-waiting connection, in exchange for a new one of another loop.
    case freeConnection
    /// Close the longest-waiting connection, because no descriptor is left.
    case freeDescriptor
    /// Use these timeouts from now on.
    case timeouts(Timeouts)
    /// Shut down: answer requests in progress, at most until this time of the monotonic clock.
    case drain(until: UInt64)
    /// Shut down at once.
    case abort
}

/// The messages of other threads to a loop, and a counter that wakes it.
///
/// Bounded by its senders: a connection has at most one request on a lane and closes one other.
final class LoopQueue: Sendable {
    private let messages = Mutex<[LoopMessage]>([])
    private let oldestWaiting = Atomic<UInt64>(.max)

    /// Readable while messages may be queued.
    let counter: EventFD

    /// How long the loop has waited for a complete request, published for the other loops.
    ///
    /// In nanoseconds of the monotonic clock; the greatest number when it waits for none.
    var waitingSince: UInt64 {
        get { oldestWaiting.load(ordering: .relaxed) }
        set {
            // Other loops read it rarely: it is written only when it changed.
            guard newValue != waitingSince else { return }
            oldestWaiting.store(newValue, ordering: .relaxed)
        }
    }

    /// Creates an empty queue.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    /// Appends a message; the first one since `take` wakes the loop.
    func post(_ message: LoopMessage) {
        let isFirst = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if isFirst { counter.add() }
    }

    /// Takes all messages, in the order of `post`.
    func take() -> [LoopMessage] {
        // The counter first: a message posted in between wakes the loop once more.
        counter.take()
        return messages.withLock { messages in
            var taken: [LoopMessage] = []
            swap(&taken, &messages)
            return taken
        }
    }
}
