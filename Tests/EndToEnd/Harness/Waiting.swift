import Glibc

/// Waits for something that another process does, without knowing how long it takes.
enum Waiting {
    /// Asks again and again until there is an answer.
    ///
    /// - Parameters:
    ///   - seconds: When to give up: long enough for a machine that is busy.
    ///   - wanted: What is waited for, for the error.
    ///   - question: Nil means not yet.
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

    /// Waits until something is so.
    ///
    /// - Parameters:
    ///   - wanted: What is waited for, for the error.
    ///   - condition: Whether it is so.
    /// - Throws: When it was not in time, or what the condition throws.
    static func until(_ wanted: String, _ condition: () throws -> Bool) throws {
        try value(of: wanted) { try condition() ? () : nil }
    }
}
