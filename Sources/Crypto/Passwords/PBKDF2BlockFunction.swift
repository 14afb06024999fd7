import Bytes
import COpenSSL

/// PBKDF2-HMAC-SHA-256 by OpenSSL's SHA-256 block function, for one password.
///
/// HMAC hashes one block made of the key before the inner and before the outer message. After the
/// first iteration both messages are 32 bytes long, so with the states after the key blocks at
/// hand each hash is one call of the block function, on a block whose second half never changes.
/// Everything secret is in this workspace and is wiped with it.
@safe
struct PBKDF2BlockFunction: ~Copyable {
    private typealias Words = SIMD8<UInt32>

    private let mac: HMACSHA256
    private let block = UnsafeMutablePointer<UInt8>.allocate(capacity: HMACSHA256.blockBytes)

    /// Prepares the two key states.
    init(password: [UInt8]) {
        mac = HMACSHA256(key: password)
        unsafe block.initialize(repeating: 0, count: HMACSHA256.blockBytes)
    }

    deinit {
        unsafe wipe(block, count: HMACSHA256.blockBytes)
        unsafe block.deallocate()
    }

    /// Derives the first 32 bytes (RFC 8018 §5.2: T1).
    ///
    /// - Parameters:
    ///   - salt: Of any length.
    ///   - iterations: At least 1.
    /// - Returns: The XOR of the codes of all iterations.
    func derive(salt: [UInt8], iterations: Int) -> Digest {
        let (inner, outer, work) = unsafe (mac.inner, mac.outer, mac.work)
        storeFirstCode(salt)
        padBlock()
        let words = unsafe UnsafeMutableRawPointer(block)
        var sum = unsafe words.loadUnaligned(as: Words.self)
        for _ in 1..<max(iterations, 1) {
            unsafe words.storeBytes(of: hashBlock(from: inner, in: work), as: Words.self)
            let code = unsafe hashBlock(from: outer, in: work)
            unsafe words.storeBytes(of: code, as: Words.self)
            sum ^= code
        }
        return unsafe Digest { destination in
            unsafe UnsafeMutableRawPointer(destination).storeBytes(of: sum, as: Words.self)
        }
    }

    /// Leaves the code of the salt and the block number 1 in the first half of the block.
    private func storeFirstCode(_ salt: [UInt8]) {
        unsafe (salt + [0, 0, 0, 1]).withUnsafeBufferPointer { message in
            unsafe mac.writeCode(of: message, to: block)
        }
    }

    /// Writes the second half of every later block: the end mark and the length of 96 bytes in
    /// bits (FIPS 180-4 §5.1.1), the key block among them.
    private func padBlock() {
        let bits = UInt16((HMACSHA256.blockBytes + Digest.count) * 8)
        for index in Digest.count..<HMACSHA256.blockBytes { unsafe block[index] = 0 }
        unsafe block[Digest.count] = 0x80
        unsafe block[HMACSHA256.blockBytes - 2] = UInt8(bits >> 8)
        unsafe block[HMACSHA256.blockBytes - 1] = UInt8(truncatingIfNeeded: bits)
    }

    /// The hash of the block after a key block, as its bytes are in memory.
    @inline(__always)
    private func hashBlock(
        from state: UnsafeMutablePointer<SHA256_CTX>, in work: UnsafeMutablePointer<SHA256_CTX>
    ) -> Words {
        unsafe work.pointee.h = state.pointee.h
        unsafe SHA256_Transform(work, block)
        let h = unsafe work.pointee.h
        return Words(
            h.0.bigEndian, h.1.bigEndian, h.2.bigEndian, h.3.bigEndian,
            h.4.bigEndian, h.5.bigEndian, h.6.bigEndian, h.7.bigEndian)
    }
}
