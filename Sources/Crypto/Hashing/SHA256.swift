import Bytes
import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// The digest of `bytes`; safe on any thread.
    ///
    /// Works on a context on the stack: OpenSSL's one-shot functions look the algorithm up and
    /// allocate at every call, which costs several times the hashing of a short token.
    public static func digest(_ bytes: Span<UInt8>) -> Digest {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var context = SHA256_CTX()
            unsafe SHA256_Init(&context)
            unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
            return unsafe Digest { destination in unsafe SHA256_Final(destination, &context) }
        }
    }

    /// The digest of `bytes`; safe on any thread.
    public static func digest(_ bytes: some Collection<UInt8>) -> Digest {
        withSpan(of: bytes) { digest($0) }
    }
}
