/// A missing precondition of a test: not a failure of the server, but the test cannot continue.
struct HarnessError: Error, CustomStringConvertible {
    /// What is missing.
    let description: String

    /// Creates an error with a sentence.
    init(_ description: String) {
        self.description = description
    }
}
