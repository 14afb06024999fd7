import COpenSSL

/// SHA-256 (FIPS 180-4) of what arrives in parts.
public struct SHA256Stream: ~Copyable {
    private var context = SHA256_CTX()

    /// The digest of nothing so far.
    public init() {
        unsafe SHA256_Init(&context)
    }

    /// Adds bytes behind those before.
    public mutating func add(_ bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// The digest of all bytes added so far; more may follow.
    public borrowing func digest() -> Digest {
        var copy = context
        return unsafe Digest { destination in unsafe SHA256_Final(destination, &copy) }
    }
}
