package import Auth
import Synchronization

/// The result of a job, handed from the writer to the one thread that waits for it.
///
/// Shared by the two; the first to act decides. A job whose caller gave up is not begun. A job that was
/// begun too late is finished, and its result is dropped.
package final class WriteResult<Value: Sendable>: Sendable {
    private enum Phase {
        case queued, begun, abandoned
        case finished(Result<Value, AuthError>)
    }

    private let phase = Mutex(Phase.queued)
    private let arrival: any WakeSignal

    /// A result that is waited for on `arrival`.
    package init(on arrival: any WakeSignal) {
        self.arrival = arrival
    }

    /// Claims the job for the writer; false when its caller gave up.
    package func begin() -> Bool {
        phase.withLock { phase in
            guard case .queued = phase else { return false }
            phase = .begun
            return true
        }
    }

    /// Whether the caller still waits.
    package var isAwaited: Bool {
        phase.withLock { phase in
            if case .abandoned = phase { false } else { true }
        }
    }

    /// Hands the result over, unless the caller gave up.
    package func finish(_ result: Result<Value, AuthError>) {
        let isAwaited = phase.withLock { phase in
            if case .abandoned = phase { return false }
            phase = .finished(result)
            return true
        }
        if isAwaited { arrival.signal() }
    }

    /// Waits for the result.
    ///
    /// - Parameter deadline: By the clock of the signal; afterwards the job is given up.
    /// - Returns: What the job made.
    /// - Throws: What the job threw; `unavailable` at the deadline.
    package func wait(until deadline: UInt64) throws(AuthError) -> Value {
        while true {
            if let result = take(givingUp: arrival.now >= deadline) {
                return try result.get()
            }
            arrival.wait(until: deadline)
        }
    }

    private func take(givingUp: Bool) -> Result<Value, AuthError>? {
        phase.withLock { phase in
            if case .finished(let result) = phase { return result }
            guard givingUp else { return nil }
            phase = .abandoned
            return .failure(.unavailable(.writeTimedOut, detail: "the write did not come in time"))
        }
    }
}
