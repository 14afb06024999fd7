import Crypto
import System
import Synchronization

/// What threads derived together.
struct Measurement: Sendable {
    /// The keys that were derived.
    private(set) var derivations = 0
    /// The sum of the threads' rates.
    private(set) var perSecond = 0.0

    /// Derives on several threads until the time is over.
    ///
    /// A derivation that has begun is finished and counted, and the time of its thread with it:
    /// nothing is lost at the end, however long a derivation takes.
    /// - Throws: When a thread cannot be started.
    static func run(
        _ function: PBKDF2, threads: Int, duration: Duration, iterations: Int
    ) throws(SystemError) -> Measurement {
        let total = Shared()
        var running: [Thread] = []
        for _ in 0..<threads {
            running.append(
                try Thread {
                    let (count, elapsed) = derive(function, for: duration, iterations: iterations)
                    total.add(count, in: elapsed)
                })
        }
        running.forEach { $0.join() }
        return total.value
    }

    private static func derive(
        _ function: PBKDF2, for duration: Duration, iterations: Int
    ) -> (count: Int, elapsed: Duration) {
        let password = Array("correct horse battery staple".utf8)
        let salt = [UInt8](repeating: 0x5A, count: PasswordHash.saltCount)
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        repeat {
            _ = function.derive(password: password, salt: salt, iterations: iterations)
            count += 1
        } while clock.now - start < duration
        return (count, clock.now - start)
    }

    private final class Shared: Sendable {
        private let sum = Mutex(Measurement())

        var value: Measurement { sum.withLock { $0 } }

        func add(_ count: Int, in elapsed: Duration) {
            sum.withLock { sum in
                sum.derivations += count
                sum.perSecond += Double(count) / (elapsed / .seconds(1))
            }
        }
    }
}
