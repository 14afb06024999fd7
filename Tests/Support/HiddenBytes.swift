import CTestSupport

/// Random bytes stored in another form, so that memory can be searched for them.
public struct HiddenBytes: Sendable {
    private static let mask: UInt8 = 0x5A

    private let masked: [UInt8]

    /// Creates random bytes.
    public init(count: Int = 64) {
        masked = (0..<count).map { _ in .random(in: 0...255) }
    }

    /// Creates the bytes of a span.
    public init(_ bytes: Span<UInt8>) {
        masked = bytes.indices.map { bytes[$0] ^ Self.mask }
    }

    /// Appends them to an array with sufficient capacity.
    public func append(to bytes: inout [UInt8]) {
        for byte in masked { bytes.append(byte ^ Self.mask) }
    }

    /// The number of bytes.
    public var count: Int { masked.count }

    /// Whether the second half of them is anywhere in the writable memory of this process.
    ///
    /// An allocator may have overwritten the first.
    public var areInMemory: Bool {
        let half = Array(masked[(masked.count / 2)...])
        return memory_holds(half, half.count, Self.mask) == 1
    }
}
