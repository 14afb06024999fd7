/// Several pieces appended after one check of the capacity, which the span must have.
///
/// Inlined, so that a literal costs a store or two. `Array.append(contentsOf:)` costs about 90 instructions a
/// call.
extension OutputSpan<UInt8> {
    /// Appends bytes.
    @inlinable @inline(__always)
    public mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(copying: $0) }
    }

    /// Appends a literal.
    @inlinable @inline(__always)
    public mutating func append(_ literal: StaticString) {
        unsafe append(
            copying: UnsafeBufferPointer(
                start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends a number in decimal, at most 20 bytes.
    public mutating func append(decimal number: UInt64) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    @inlinable @inline(__always)
    mutating func append(copying source: UnsafeBufferPointer<UInt8>) {
        precondition(source.count <= freeCapacity, "no capacity left")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
            unsafe (to + count).initialize(from: from, count: source.count)
            count += source.count
        }
    }
}
