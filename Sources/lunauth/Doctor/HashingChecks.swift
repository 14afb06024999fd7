import Crypto
import System

extension Check {
    /// Password hashing.
    static let hashingChecks: [Check] = [
        Check("hashing.time", "how long a password hash takes on this machine, beside one second") {
            [
                HashingRules.time(
                    HashingRules.measure(iterations: $0.values.password.iterations),
                    iterations: $0.values.password.iterations, cores: $0.host.cores)
            ]
        }
    ]
}

/// What a password hash may cost.
enum HashingRules {
    /// OWASP's Password Storage Cheat Sheet: a hash is to take less than one second.
    private static let most = Duration.seconds(1)

    /// The shorter of two derivations: the machine has other work as well.
    static func measure(iterations: Int) -> Duration {
        let function = PBKDF2.selected()
        let salt = [UInt8](repeating: 0, count: 16)
        let times = (0..<2).map { _ in
            let start = MonotonicClock.now()
            _ = function.derive(password: [0], salt: salt, iterations: iterations)
            return MonotonicClock.now() - start
        }
        return .nanoseconds(Int64(times.min() ?? 0))
    }

    /// A login must not take longer than people and proxies wait.
    static func time(_ time: Duration, iterations: Int, cores: Int) -> Finding {
        let milliseconds = max(1, time.nanoseconds / 1_000_000)
        let found = "a hash of \(iterations) iterations takes \(milliseconds) ms"
        guard time > most else {
            return .ok(
                "\(found), so \(cores.of("core")) check about \(perSecond(time, cores)) a second")
        }
        return .warning(
            "\(found), longer than the advised second",
            advice: "give the machine a faster core, or lower password.iterations, not below 600000"
        )
    }

    private static func perSecond(_ time: Duration, _ cores: Int) -> UInt64 {
        UInt64(cores) * 1_000_000_000 / max(1, time.nanoseconds)
    }
}
