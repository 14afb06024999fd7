import Glibc

/// Waits for other processes, by polling.
enum Waiting {
    /// Repeats a question until it has an answer.
    ///
    /// - Parameters:
    ///   - seconds: The timeout: long enough for a busy machine.
    ///   - wanted: What is waited for, for the error.
    ///   - question: Returns nil for not yet.
    /// - Returns: The answer.
    /// - Throws: When there was none in time, or what the question throws.
    static func value<Value>(
        within seconds: Int = 15, of wanted: String, _ question: () throws -> Value?
    ) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let value = try question() { return value }
            guard ContinuousClock.now < deadline else {
                throw HarnessError("waited \(seconds) s in vain for \(wanted)")
            }
            usleep(3_000)
        }
    }

    /// Waits until a condition is met.
    ///
    /// - Parameters:
    ///   - wanted: What is waited for, for the error.
    ///   - condition: The condition.
    /// - Throws: When it was not met in time, or what the condition throws.
    static func until(_ wanted: String, _ condition: () throws -> Bool) throws {
        try value(of: wanted) { try condition() ? () : nil }
    }
}
