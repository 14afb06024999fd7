/// What is accepted of the JSON in a token.
enum JSONLimits {
    /// Members beside those asked for: their names are compared each with each.
    static let otherMembers = 64
    /// How deep a value left aside may nest.
    static let depth = 16
    /// The integers every JSON reader keeps exact (RFC 8259 §6): 2^53 - 1 either way.
    static let integer: Int64 = 9_007_199_254_740_991
}
