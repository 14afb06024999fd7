import COpenSSL

/// HMAC-SHA-256 under one key (RFC 2104).
///
/// Confined to the thread that made it. The key is prepared once: a message then costs two copies
/// of a hash state instead of the set-up of a whole context.
@safe
public final class HMACSHA256 {
    private let context: OpaquePointer

    /// Prepares the key.
    ///
    /// - Parameter key: Of any length; OpenSSL keeps its own copy and wipes it.
    /// - Throws: `unavailable` when OpenSSL gives no HMAC or no memory.
    public init(key: Secret) throws(CryptoError) {
        guard let context = unsafe Self.makeContext(key: key) else {
            ERR_clear_error()
            throw .unavailable
        }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_MAC_CTX_free(context)
    }

    /// The code of a message.
    public func code(for message: Span<UInt8>) -> Digest {
        unsafe message.withUnsafeBufferPointer { message in
            unsafe Digest { destination in
                var count = 0
                // Without a key the context goes back to the state of its first initialisation.
                let done =
                    unsafe EVP_MAC_init(context, nil, 0, nil) == 1
                    && EVP_MAC_update(context, message.baseAddress, message.count) == 1
                    && EVP_MAC_final(context, destination, &count, Digest.count) == 1
                // OpenSSL fails here for want of memory alone, where Swift stops as well; going on
                // would compare with a code that was never computed.
                precondition(done && count == Digest.count, "OpenSSL computes no HMAC")
            }
        }
    }

    /// The code of a message.
    public func code(for message: some Collection<UInt8>) -> Digest {
        withSpan(of: message) { code(for: $0) }
    }

    private static func makeContext(key: Secret) -> OpaquePointer? {
        guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
        // The context holds a reference of its own.
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let context = unsafe EVP_MAC_CTX_new(algorithm) else { return nil }
        var name = Array("SHA256".utf8CString)
        let keyed = unsafe name.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return key.withBytes { key in
                unsafe key.withUnsafeBufferPointer { key in
                    unsafe EVP_MAC_init(context, key.baseAddress, key.count, parameters) == 1
                }
            }
        }
        guard keyed else {
            unsafe EVP_MAC_CTX_free(context)
            return nil
        }
        return unsafe context
    }
}

@available(*, unavailable)
extension HMACSHA256: Sendable {}
