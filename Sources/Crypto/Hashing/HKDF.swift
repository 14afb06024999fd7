import Bytes
import COpenSSL

/// HKDF with HMAC-SHA-256 (RFC 5869).
public enum HKDF {
    /// The most bytes one derivation can give (RFC 5869 §2.3).
    public static let maximumLength = 255 * Digest.count

    /// A key for one purpose.
    ///
    /// - Parameters:
    ///   - secret: The key all purposes share.
    ///   - label: The purpose, as `info`; the salt is empty.
    ///   - length: Bytes of the result, 1 to `maximumLength`.
    /// - Returns: The key, wiped when its last reference goes.
    /// - Throws: `invalidLength`, or `unavailable` when OpenSSL gives no HKDF or no memory.
    public static func derive(
        secret: Secret, label: String, length: Int = Digest.count
    ) throws(CryptoError) -> Secret {
        try derive(secret: secret, salt: [], info: Array(label.utf8), length: length)
    }

    /// The whole function of RFC 5869, for its vectors.
    static func derive(
        secret: Secret, salt: [UInt8], info: [UInt8], length: Int
    ) throws(CryptoError) -> Secret {
        guard (1...maximumLength).contains(length) else { throw .invalidLength }
        guard let saltCount = Int32(exactly: salt.count), let infoCount = Int32(exactly: info.count)
        else { throw .invalidLength }
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil) else {
            ERR_clear_error()
            throw .unavailable
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }

        var output = [UInt8](repeating: 0, count: length)
        var written = length
        let done = secret.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_PKEY_derive_init(context) == 1
                    && EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) == 1
                    && EVP_PKEY_CTX_set1_hkdf_salt(context, salt, saltCount) == 1
                    && EVP_PKEY_CTX_set1_hkdf_key(
                        context, key.baseAddress, Int32(clamping: key.count)) == 1
                    && EVP_PKEY_CTX_add1_hkdf_info(context, info, infoCount) == 1
                    && EVP_PKEY_derive(context, &output, &written) == 1
            }
        }
        guard done, written == length else {
            wipe(&output)
            ERR_clear_error()
            throw .unavailable
        }
        return Secret(owning: output)
    }
}
