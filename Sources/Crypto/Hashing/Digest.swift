import Bytes

/// A 32-byte value: a SHA-256 digest, a MAC, or a derived key.
///
/// Held without heap, so that it is cheap as a dictionary key. `==` is for look-ups; for a value
/// that an attacker may guess at, see `constantTimeEquals`.
public struct Digest: Sendable, Hashable {
    /// Bytes of a digest.
    public static let count = 32

    // The bytes in memory order: the words have no meaning as numbers.
    private var words: Words

    private struct Words: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// Takes exactly 32 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        unsafe self.init { destination in
            let target = unsafe UnsafeMutableBufferPointer(start: destination, count: Self.count)
            _ = unsafe target.update(fromContentsOf: bytes)
        }
    }

    /// A digest that `fill` writes.
    ///
    /// - Parameter fill: Writes at most 32 bytes at the address it is given, zero before.
    init(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        words = Words()
        unsafe withUnsafeMutableBytes(of: &words) { buffer in
            unsafe buffer.withMemoryRebound(to: UInt8.self) { bytes in
                if let address = bytes.baseAddress { unsafe fill(address) }
            }
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withBytes { [UInt8](copying: $0) }
    }

    /// The first eight bytes as a number, in whatever order this machine has.
    public var firstWord: UInt64 { words.first }

    /// This digest with the first half of another in the place of its own, so that the keys of one
    /// owner can be distinguished from those of others.
    ///
    /// Each half of a MAC has 128 bits: equal halves cannot be found.
    public func grouped(under owner: Digest) -> Digest {
        var grouped = self
        grouped.words.first = owner.words.first
        grouped.words.second = owner.words.second
        return grouped
    }

    /// Whether this is the owner's own digest or one that was grouped under it.
    public func isGrouped(under owner: Digest) -> Bool {
        words.first == owner.words.first && words.second == owner.words.second
    }

    /// Lends the 32 bytes without copying them to the heap.
    ///
    /// - Parameter body: What is done with them.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe withUnsafeBytes(of: words) { (raw) throws(Failure) -> Result in
            try unsafe raw.withMemoryRebound(to: UInt8.self) { (bytes) throws(Failure) -> Result in
                try unsafe body(bytes.span)
            }
        }
    }
}
