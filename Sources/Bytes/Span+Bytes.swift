import Glibc

/// Lends the bytes of any collection as one span.
///
/// Arrays, slices and the UTF-8 of native strings are lent in place; others are copied.
/// - Parameters:
///   - bytes: The bytes.
///   - body: What is done with them.
/// - Returns: What `body` returns.
@inlinable
public func withSpan<Result>(
    of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result
) -> Result {
    let lent = bytes.withContiguousStorageIfAvailable { buffer in
        unsafe body(buffer.span)
    }
    return lent ?? body(Array(bytes).span)
}

extension [UInt8] {
    /// A copy of the bytes of a span, in storage of its own.
    @inlinable
    public init(copying span: Span<UInt8>) {
        self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
    }
}

extension Span<UInt8> {
    /// Whether the bytes are those of another span; for what is no secret.
    public func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBytes { bytes in
            unsafe other.withUnsafeBytes { others in
                guard let left = bytes.baseAddress, let right = others.baseAddress else {
                    return true
                }
                return unsafe memcmp(left, right, bytes.count) == 0
            }
        }
    }

    /// A range without the spaces and tabs at its ends (OWS, RFC 9110 §5.6.3).
    public func trimmingWhiteSpace(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isWhiteSpace { start += 1 }
        while start < end, self[end - 1].isWhiteSpace { end -= 1 }
        return start..<end
    }

    /// The index of the first such byte from a position on; nil without one.
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        unsafe withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
