import Bytes
import COpenSSL

/// HMAC-SHA-1 (RFC 2104), for one-time codes alone: it is what every authenticator app computes.
///
/// That collisions of SHA-1 can be found does not weaken HMAC (RFC 6194 §3.3).
enum HMACSHA1 {
    /// Bytes of a code.
    static let count = 20
    /// Bytes of a block of SHA-1.
    private static let blockBytes = 64

    /// The code of a message; safe on any thread.
    ///
    /// Works on contexts on the stack, which OpenSSL cannot refuse, and wipes what depends on the key
    /// alone.
    static func code(for message: [UInt8], key: Secret) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockBytes)
        defer { wipe(&block) }
        key.withBytes { key in
            // A key longer than a block is hashed first.
            if key.count > blockBytes {
                let digest = digest(of: [UInt8](copying: key))
                block.replaceSubrange(..<count, with: digest)
            } else {
                for index in key.indices { block[index] = key[index] }
            }
        }
        let (ipad, opad): (UInt8, UInt8) = (0x36, 0x5C)
        for index in block.indices { block[index] ^= ipad }
        let inner = digest(of: block, message)
        for index in block.indices { block[index] ^= ipad ^ opad }
        return digest(of: block, inner)
    }

    private static func digest(of parts: [UInt8]...) -> [UInt8] {
        var context = SHA_CTX()
        defer { unsafe wipe(&context, count: MemoryLayout<SHA_CTX>.size) }
        var digest = [UInt8](repeating: 0, count: count)
        unsafe SHA1_Init(&context)
        for part in parts { unsafe SHA1_Update(&context, part, part.count) }
        unsafe SHA1_Final(&digest, &context)
        return digest
    }
}
