/// Gives the bytes of any collection as one span.
///
/// Arrays, slices and the UTF-8 of native strings are lent where they stand; others are copied.
/// - Parameters:
///   - bytes: The bytes.
///   - body: What is done with them.
/// - Returns: What `body` returns.
func withSpan<Result>(
    of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result
) -> Result {
    let lent = bytes.withContiguousStorageIfAvailable { buffer in
        unsafe body(buffer.span)
    }
    return lent ?? body(Array(bytes).span)
}

extension [UInt8] {
    /// A copy of the bytes of a span, in storage of its own.
    init(copying span: Span<UInt8>) {
        self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
