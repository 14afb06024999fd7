import Bytes
import COpenSSL

/// HMAC-SHA-256 under one key (RFC 2104).
///
/// Confined to the thread that made it. The key is hashed once, as RFC 2104 §4 proposes: a message
/// then costs two copies of a hash state, where OpenSSL's own contexts cost several allocations
/// and look-ups. All states are on the heap and are wiped when the last reference goes.
@safe
public final class HMACSHA256 {
    /// Bytes of a block of SHA-256.
    static let blockBytes = 64

    /// After the block of the key XOR ipad.
    let inner = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    /// After the block of the key XOR opad.
    let outer = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    /// The hash under way.
    let work = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)

    /// Prepares a key.
    public convenience init(key: Secret) {
        self.init()
        key.withBytes { prepare($0) }
    }

    /// Prepares a key.
    ///
    /// - Parameter key: Of any length; the caller wipes it.
    public convenience init(key: [UInt8]) {
        self.init()
        prepare(key.span)
    }

    private init() {
        unsafe inner.initialize(to: SHA256_CTX())
        unsafe outer.initialize(to: SHA256_CTX())
        unsafe work.initialize(to: SHA256_CTX())
    }

    deinit {
        unsafe Self.free(inner)
        unsafe Self.free(outer)
        unsafe Self.free(work)
    }

    /// The code of a message.
    public func code(for message: Span<UInt8>) -> Digest {
        unsafe message.withUnsafeBufferPointer { message in
            unsafe Digest { unsafe writeCode(of: message, to: $0) }
        }
    }

    /// Writes the code of a message, 32 bytes; it is nowhere else.
    func writeCode(
        of message: UnsafeBufferPointer<UInt8>, to code: UnsafeMutablePointer<UInt8>
    ) {
        unsafe work.update(from: inner, count: 1)
        unsafe SHA256_Update(work, message.baseAddress, message.count)
        unsafe SHA256_Final(code, work)
        unsafe work.update(from: outer, count: 1)
        unsafe SHA256_Update(work, code, Digest.count)
        unsafe SHA256_Final(code, work)
    }

    /// The code of a message.
    public func code(for message: some Collection<UInt8>) -> Digest {
        withSpan(of: message) { code(for: $0) }
    }

    private static func free(_ state: UnsafeMutablePointer<SHA256_CTX>) {
        unsafe wipe(state, count: MemoryLayout<SHA256_CTX>.size)
        unsafe state.deallocate()
    }

    private func prepare(_ key: Span<UInt8>) {
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        defer { wipe(&block) }
        // A key longer than a block is hashed first.
        let (ipad, opad): (UInt8, UInt8) = (0x36, 0x5C)
        if key.count > Self.blockBytes {
            unsafe key.withUnsafeBufferPointer { key in
                unsafe SHA256_Init(work)
                unsafe SHA256_Update(work, key.baseAddress, key.count)
                unsafe SHA256_Final(&block, work)
            }
        } else {
            for index in key.indices { block[index] = key[index] }
        }
        for index in block.indices { block[index] ^= ipad }
        unsafe SHA256_Init(inner)
        unsafe SHA256_Update(inner, block, Self.blockBytes)
        for index in block.indices { block[index] ^= ipad ^ opad }
        unsafe SHA256_Init(outer)
        unsafe SHA256_Update(outer, block, Self.blockBytes)
    }
}

@available(*, unavailable)
extension HMACSHA256: Sendable {}
