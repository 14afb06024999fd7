import COpenSSL

/// PBKDF2-HMAC-SHA-256 by OpenSSL's SHA-256 block function, for one password.
///
/// HMAC hashes one block made of the key before the inner and before the outer message. After the
/// first iteration both messages are 32 bytes long, so with the states after the key blocks at
/// hand each hash is one call of the block function, on a block whose second half never changes.
/// All that is worth hiding stands in this workspace and is wiped with it.
@safe
struct PBKDF2BlockFunction: ~Copyable {
    private typealias Words = SIMD8<UInt32>
    private static let blockBytes = 64

    // After the block of the key XOR ipad, and of the key XOR opad (RFC 2104 §2).
    private let inner = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    private let outer = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    private let work = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    private let block = UnsafeMutablePointer<UInt8>.allocate(capacity: blockBytes)

    /// Prepares the two key states.
    init(password: [UInt8]) {
        unsafe inner.initialize(to: SHA256_CTX())
        unsafe outer.initialize(to: SHA256_CTX())
        unsafe work.initialize(to: SHA256_CTX())
        unsafe block.initialize(repeating: 0, count: Self.blockBytes)

        // The key is the password, hashed first where it is longer than a block.
        if password.count > Self.blockBytes {
            unsafe SHA256_Init(work)
            unsafe SHA256_Update(work, password, password.count)
            unsafe SHA256_Final(block, work)
        } else {
            unsafe block.update(from: password, count: password.count)
        }
        let (ipad, opad): (UInt8, UInt8) = (0x36, 0x5C)
        for index in 0..<Self.blockBytes { unsafe block[index] ^= ipad }
        unsafe SHA256_Init(inner)
        unsafe SHA256_Update(inner, block, Self.blockBytes)
        for index in 0..<Self.blockBytes { unsafe block[index] ^= ipad ^ opad }
        unsafe SHA256_Init(outer)
        unsafe SHA256_Update(outer, block, Self.blockBytes)
    }

    deinit {
        unsafe OPENSSL_cleanse(inner, MemoryLayout<SHA256_CTX>.size)
        unsafe OPENSSL_cleanse(outer, MemoryLayout<SHA256_CTX>.size)
        unsafe OPENSSL_cleanse(work, MemoryLayout<SHA256_CTX>.size)
        unsafe OPENSSL_cleanse(block, Self.blockBytes)
        unsafe inner.deallocate()
        unsafe outer.deallocate()
        unsafe work.deallocate()
        unsafe block.deallocate()
    }

    /// Derives the first 32 bytes (RFC 8018 §5.2: T1).
    ///
    /// - Parameters:
    ///   - salt: Of any length.
    ///   - iterations: At least 1.
    /// - Returns: The XOR of the codes of all iterations.
    func derive(salt: [UInt8], iterations: Int) -> Digest {
        hashFirstMessage(salt)
        padBlock()
        let words = unsafe UnsafeMutableRawPointer(block)
        var sum = unsafe words.loadUnaligned(as: Words.self)
        for _ in 1..<max(iterations, 1) {
            unsafe words.storeBytes(of: hashBlock(from: inner), as: Words.self)
            let code = unsafe hashBlock(from: outer)
            unsafe words.storeBytes(of: code, as: Words.self)
            sum ^= code
        }
        return unsafe Digest { destination in
            unsafe UnsafeMutableRawPointer(destination).storeBytes(of: sum, as: Words.self)
        }
    }

    /// Leaves the code of the salt and the block number 1 in the first half of the block.
    private func hashFirstMessage(_ salt: [UInt8]) {
        let number: [UInt8] = [0, 0, 0, 1]
        unsafe work.update(from: inner, count: 1)
        unsafe SHA256_Update(work, salt, salt.count)
        unsafe SHA256_Update(work, number, number.count)
        unsafe SHA256_Final(block, work)
        unsafe work.update(from: outer, count: 1)
        unsafe SHA256_Update(work, block, Digest.count)
        unsafe SHA256_Final(block, work)
    }

    /// Writes the second half of every later block: the end mark and the length of 96 bytes in
    /// bits (FIPS 180-4 §5.1.1), the key block among them.
    private func padBlock() {
        let bits = UInt16((Self.blockBytes + Digest.count) * 8)
        for index in Digest.count..<Self.blockBytes { unsafe block[index] = 0 }
        unsafe block[Digest.count] = 0x80
        unsafe block[Self.blockBytes - 2] = UInt8(bits >> 8)
        unsafe block[Self.blockBytes - 1] = UInt8(truncatingIfNeeded: bits)
    }

    /// The hash of the block after a key block, as its bytes stand in memory.
    @inline(__always)
    private func hashBlock(from state: UnsafeMutablePointer<SHA256_CTX>) -> Words {
        unsafe work.pointee.h = state.pointee.h
        unsafe SHA256_Transform(work, block)
        let h = unsafe work.pointee.h
        return Words(
            h.0.bigEndian, h.1.bigEndian, h.2.bigEndian, h.3.bigEndian,
            h.4.bigEndian, h.5.bigEndian, h.6.bigEndian, h.7.bigEndian)
    }
}
