import HTTP
import System
import Synchronization

/// What other threads tell a loop.
enum LoopMessage: Sendable {
    /// The answer to a request that was on a lane.
    case answer(Response, Token)
    /// Close the connection that has been waited for longest, for one of another loop.
    case makeRoom
    /// Close that connection, because no descriptor is left.
    case freeDescriptor
    /// From now on connections may take this long.
    case timeouts(Timeouts)
    /// End: answer what is under way, at most until this moment of the monotonic clock.
    case drain(until: UInt64)
    /// End at once.
    case abort
}

/// The way into a loop from other threads: a list and a counter that wakes the loop.
///
/// Bounded by its senders: a connection has one request on a lane at most, and asks for room once.
final class LoopQueue: Sendable {
    private let messages = Mutex<[LoopMessage]>([])
    private let oldestWaiting = Atomic<UInt64>(.max)

    /// Readable while messages may be there.
    let counter: EventFD

    /// Since when the loop has waited longest for a whole request: its own word to the others.
    ///
    /// In nanoseconds of the monotonic clock; the greatest number while it waits for none.
    var waitingSince: UInt64 {
        get { oldestWaiting.load(ordering: .relaxed) }
        set {
            // Others read it rarely: it is written only where it is news.
            guard newValue != waitingSince else { return }
            oldestWaiting.store(newValue, ordering: .relaxed)
        }
    }

    /// An empty mailbox.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    /// Leaves a message; the loop is woken by the first since it last looked.
    func post(_ message: LoopMessage) {
        let isFirst = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if isFirst { counter.add() }
    }

    /// Takes all messages, in the order in which they were left.
    func take() -> [LoopMessage] {
        // First the counter: a message left in between wakes the loop once more.
        counter.take()
        return messages.withLock { messages in
            var taken: [LoopMessage] = []
            swap(&taken, &messages)
            return taken
        }
    }
}
