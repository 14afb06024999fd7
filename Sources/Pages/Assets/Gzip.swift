import CZlib

/// Compression in the gzip format (RFC 1952).
enum Gzip {
    /// The bytes compressed as far as zlib can; nil where there is no memory for it, or nothing is won.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe lunauth_deflate_init_gzip(&stream) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        // What is not smaller is not worth its header.
        var isComplete = false
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input, whose type lacks the `const`.
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = UInt32(clamping: input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(clamping: output.count)
                isComplete = unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = unsafe output.count - Int(stream.avail_out)
            }
        }
        return isComplete ? compressed : nil
    }
}
