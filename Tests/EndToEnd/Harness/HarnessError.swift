/// What a test needed and did not get: not a finding by itself, but nothing can be found without it.
struct HarnessError: Error, CustomStringConvertible {
    /// What was needed.
    let description: String

    /// An error with its sentence.
    init(_ description: String) {
        self.description = description
    }
}
