import Auth
import Synchronization

/// What the writer owes one waiting thread.
///
/// Shared by the two. Whoever comes first decides: a job whose waiter gave up is not begun, and one
/// that was begun too late to be waited for is finished without anybody learning how.
final class WriteResult<Value: Sendable>: Sendable {
    private enum Phase {
        case queued, begun, abandoned
        case given(Result<Value, AuthError>)
    }

    private let phase = Mutex(Phase.queued)
    private let event: any Waiting

    /// An answer that is waited for on `event`.
    init(on event: any Waiting) {
        self.event = event
    }

    /// Claims the job for the writer; false when nobody waits for it any more.
    func begin() -> Bool {
        phase.withLock { phase in
            guard case .queued = phase else { return false }
            phase = .begun
            return true
        }
    }

    /// Whether somebody still waits.
    var isAwaited: Bool {
        phase.withLock { phase in
            if case .abandoned = phase { false } else { true }
        }
    }

    /// Hands over what became of the job, unless its waiter is gone.
    func give(_ result: Result<Value, AuthError>) {
        let waits = phase.withLock { phase in
            if case .abandoned = phase { return false }
            phase = .given(result)
            return true
        }
        if waits { event.ring() }
    }

    /// Waits for the answer.
    ///
    /// - Parameter deadline: By the clock of the event; afterwards the job is given up.
    /// - Returns: What the job made.
    /// - Throws: What the job threw; `unavailable` at the deadline.
    func wait(until deadline: UInt64) throws(AuthError) -> Value {
        while true {
            if let result = take(givingUp: event.now >= deadline) {
                return try result.get()
            }
            event.wait(until: deadline)
        }
    }

    private func take(givingUp: Bool) -> Result<Value, AuthError>? {
        phase.withLock { phase in
            if case .given(let result) = phase { return result }
            guard givingUp else { return nil }
            phase = .abandoned
            return .failure(.unavailable(.writeTimedOut, detail: "the write did not come in time"))
        }
    }
}
