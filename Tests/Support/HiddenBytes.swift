import CTestSupport

/// Random bytes that are nowhere in memory as they are, so that it can be searched for them.
public struct HiddenBytes: Sendable {
    private static let mask: UInt8 = 0x5A

    private let masked: [UInt8]

    /// New ones.
    public init(count: Int = 64) {
        masked = (0..<count).map { _ in .random(in: 0...255) }
    }

    /// Those that a span holds.
    public init(_ bytes: Span<UInt8>) {
        masked = bytes.indices.map { bytes[$0] ^ Self.mask }
    }

    /// Writes them, as they are, to the end of an array that has room for them.
    public func append(to bytes: inout [UInt8]) {
        for byte in masked { bytes.append(byte ^ Self.mask) }
    }

    /// How many there are.
    public var count: Int { masked.count }

    /// Whether the second half of them is anywhere in memory that this process can write to.
    ///
    /// An allocator may have written over the first.
    public var areInMemory: Bool {
        let half = Array(masked[(masked.count / 2)...])
        return memory_holds(half, half.count, Self.mask) == 1
    }
}
