import Glibc

/// Random bytes fit for keys, salts and tokens.
public enum Random {
    /// `count` bytes of the kernel's generator; safe on any thread.
    ///
    /// A kernel that gives none stops the process: there is no way on without randomness, and
    /// every weaker source would be worse than being down.
    public static func bytes(_ count: Int) -> [UInt8] {
        // The most that getentropy(3) gives in one call.
        let most = 256
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            for start in stride(from: 0, to: buffer.count, by: most) {
                let piece = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: buffer[start..<min(start + most, buffer.count)])
                let status = unsafe getentropy(piece.baseAddress, piece.count)
                precondition(status == 0, "the kernel gives no random bytes")
            }
        }
        return bytes
    }
}
