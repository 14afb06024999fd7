import Synchronization

/// Bytes that never change and cost much to encode: made at the first request for them, then kept.
///
/// Shared by all threads.
final class EncodedOnce: Sendable {
    private let bytes = Mutex<[UInt8]?>(nil)

    /// The bytes.
    ///
    /// - Parameter encode: Called once, whichever threads ask and however many at a time.
    /// - Returns: The same bytes each time, shared and never copied.
    func bytes(_ encode: () -> [UInt8]) -> [UInt8] {
        bytes.withLock { bytes in
            if let bytes { return bytes }
            let encoded = encode()
            bytes = encoded
            return encoded
        }
    }
}
