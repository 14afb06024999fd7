/// How much of a text is read.
public struct JSONLimits: Sendable {
    /// How many arrays and objects may be nested: reading recurses, and threads have small stacks.
    public var depth: Int
    /// How many members and elements there may be.
    public var values: Int

    /// For request bodies and files: 32 levels, 512 members and elements.
    public static let document = JSONLimits(depth: 32, values: 512)
    /// For one flat object as in a token: 16 levels in members that are not read, 64 of those.
    public static let token = JSONLimits(depth: 16, values: 64)
    /// The integers that every JSON reader keeps exact (RFC 8259 §6): 2^53 - 1 either way.
    public static let integers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991

    /// Limits by their numbers.
    public init(depth: Int, values: Int) {
        self.depth = depth
        self.values = values
    }
}
