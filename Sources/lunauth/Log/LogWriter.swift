import Glibc
import System
import Synchronization

/// Writes log lines to a descriptor from a thread of its own.
///
/// A terminal or a pipe may be slow or block; a thread that logs only puts its line into a
/// bounded buffer. What does not fit is counted, and the count precedes the next line that
/// does.
final class LogWriter: Sendable {
    private struct State {
        /// Lines that wait for the thread.
        var waiting: [UInt8] = []
        /// Whether the thread was woken and has not found everything out since.
        var isAwake = false
        /// Lines that did not fit since one last did.
        var dropped = 0
        var isClosed = false
    }

    private let output: Int32
    private let capacity: Int
    /// What the thread sleeps on.
    private let wakeUp: EventFD
    private let state = Mutex(State())

    /// Starts the thread; it ends after ``close()``.
    ///
    /// - Parameters:
    ///   - output: The descriptor, open for as long as the writer is; it is not closed.
    ///   - capacity: The most bytes that may wait for the thread.
    /// - Throws: The call that failed: the process has no descriptor or no thread left.
    init(to output: Int32 = STDERR_FILENO, capacity: Int = 1 << 20) throws(SystemError) {
        self.output = output
        self.capacity = capacity
        wakeUp = try EventFD(.flag)
        try Thread { [self] in run() }.detach()
    }

    /// Hands over a line and returns at once.
    ///
    /// - Parameters:
    ///   - line: With its line feed.
    ///   - notice: The line that says how many lines were dropped before this one. It goes into the
    ///     buffer even when that is full.
    func append(_ line: [UInt8], notice: (_ dropped: Int) -> [UInt8]) {
        let mustWake = state.withLock { state in
            guard state.waiting.count + line.count <= capacity else {
                state.dropped += 1
                return false
            }
            if state.dropped > 0 {
                state.waiting += notice(state.dropped)
                state.dropped = 0
            }
            state.waiting += line
            defer { state.isAwake = true }
            return !state.isAwake
        }
        if mustWake { wakeUp.add() }
    }

    /// Waits until every line handed over so far is out.
    ///
    /// - Parameter limit: The longest to wait, since the output may block forever.
    /// - Returns: Whether they are out.
    @discardableResult
    func flush(atMost limit: Duration = .seconds(2)) -> Bool {
        let deadline = ContinuousClock.now + limit
        while state.withLock({ $0.isAwake }) {
            guard ContinuousClock.now < deadline else { return false }
            usleep(1_000)
        }
        return true
    }

    /// Ends the thread once every line handed over so far is out.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeUp.add()
    }

    private func run() {
        // Signals are for other threads; and blocked, SIGPIPE leaves write(2) with EPIPE.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        var batch: [UInt8] = []
        repeat {
            SystemCall.waitReadable([wakeUp.descriptor.number], until: nil)
            wakeUp.take()
            while takeWaiting(into: &batch) {
                write(batch)
                batch.removeAll(keepingCapacity: true)
                // Lines of the next millisecond gather, and none of them costs a system call.
                usleep(1_000)
            }
        } while !state.withLock { $0.isClosed }
    }

    /// Takes all lines that wait; without any, the thread counts as asleep.
    private func takeWaiting(into batch: inout [UInt8]) -> Bool {
        state.withLock { state in
            swap(&state.waiting, &batch)
            state.isAwake = !batch.isEmpty
            return state.isAwake
        }
    }

    /// Writes all bytes, or as many as the output takes before it fails for good.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { rest in
                unsafe Glibc.write(output, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var entry = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                unsafe poll(&entry, 1, 1_000)
            default: return
            }
        }
    }
}
