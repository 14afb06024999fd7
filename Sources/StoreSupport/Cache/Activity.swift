package import Auth
package import Crypto
import Synchronization

/// The uses of sessions and API keys that are not written down yet, each as the period of the last use.
///
/// Shared by all threads. A use costs no write and no wait. A use that does not fit is dropped, and the
/// next period notes it again; a crash loses some seconds of uses.
package final class Activity: Sendable {
    /// What is used.
    package enum Subject: Sendable, Hashable {
        /// A session, by its id.
        case session(UUID)
        /// An API key, by its id.
        case apiKey(UUID)
    }

    /// A use that is to be written down.
    package typealias Use = (subject: Subject, time: Timestamp)

    /// The most uses that wait to be written.
    package static let capacity = 16_384
    /// The most uses that one transaction writes, so that no other write waits long for it.
    package static let batch = 1_024
    /// The longest time for which uses are gathered, in seconds.
    private static let longestInterval: Int64 = 10

    /// How long uses are gathered before they are written.
    package let interval: Duration
    private let period: UsePeriod
    private let state = Mutex(State())

    private struct State {
        var uses: [Subject: Timestamp] = [:]
        /// The batch that is being written: its uses count until they are stored.
        var leaving: [Subject: Timestamp] = [:]
    }

    /// No uses.
    ///
    /// - Parameter period: Uses in the same period are one use.
    package init(_ period: UsePeriod = UsePeriod()) {
        self.period = period
        interval = .seconds(min(period.seconds, Self.longestInterval))
    }

    /// How many uses wait to be written.
    package var count: Int { state.withLock { $0.uses.count } }

    /// Notes a use, unless `capacity` is reached.
    package func note(_ subject: Subject, at time: Timestamp) {
        let start = period.start(at: time)
        state.withLock { state in
            guard let noted = state.uses[subject] else {
                if state.uses.count < Self.capacity { state.uses[subject] = start }
                return
            }
            if noted < start { state.uses[subject] = start }
        }
    }

    /// The last use that is not written down yet; nil when there is none.
    package func lastUse(of subject: Subject) -> Timestamp? {
        state.withLock { $0.uses[subject] ?? $0.leaving[subject] }
    }

    /// Takes at most one batch out, until `finish`.
    package func take() -> [Use] {
        state.withLock { state in
            let part = state.uses.prefix(Self.batch)
            for use in part { state.uses[use.key] = nil }
            state.leaving = Dictionary(uniqueKeysWithValues: Array(part))
            return part.map { (subject: $0.key, time: $0.value) }
        }
    }

    /// Ends what `take` began.
    ///
    /// - Parameter isWritten: False puts the batch back, to be written another time.
    package func finish(isWritten: Bool) {
        state.withLock { state in
            if !isWritten {
                state.uses.merge(state.leaving) { newer, _ in newer }
            }
            state.leaving = [:]
        }
    }
}
