import Crypto

/// Verifies MACs of the record, with keys that are opened once.
///
/// Confined to one thread.
public struct MACVerifier {
    private let keys: [(id: [UInt8], function: HMACSHA256)]

    /// Takes opened keys, each with its number.
    init(_ keys: [(id: [UInt8], key: Secret)]) {
        self.keys = keys.map { ($0.id, HMACSHA256(key: $0.key)) }
    }

    /// Whether a MAC is of this digest.
    func isValid(_ mac: EventMAC, of digest: Digest, as use: MACUse) -> Bool {
        guard let key = keys.first(where: { $0.id == mac.key }) else { return false }
        return constantTimeEquals(
            key.function.code(for: use.message(digest)).bytes, mac.code.bytes)
    }
}

@available(*, unavailable)
extension MACVerifier: Sendable {}
