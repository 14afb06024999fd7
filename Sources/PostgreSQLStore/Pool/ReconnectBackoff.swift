/// When a server that refused a connection is tried again.
///
/// The time doubles with each failure, from 0.1 to at most 3 seconds: a replica that is promoted is met
/// within seconds. A random part of it keeps several daemons from coming back at the same moment.
struct ReconnectBackoff {
    /// The time after the first failure, in nanoseconds.
    static let shortest: UInt64 = 100_000_000
    /// The longest time, in nanoseconds.
    static let longest: UInt64 = 3_000_000_000

    private var failures = 0

    /// Nothing has failed.
    init() {}

    /// Notes a failure.
    ///
    /// - Parameter random: Gives a number of a range; for tests.
    /// - Returns: How long to wait, in nanoseconds: between half of the time and all of it.
    mutating func fail(
        random: (ClosedRange<UInt64>) -> UInt64 = { UInt64.random(in: $0) }
    ) -> UInt64 {
        let whole = min(Self.longest, Self.shortest << UInt64(min(failures, 10)))
        failures += 1
        return random(whole / 2...whole)
    }

    /// Notes a success.
    mutating func succeed() {
        failures = 0
    }
}
