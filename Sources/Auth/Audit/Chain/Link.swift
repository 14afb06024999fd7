public import Crypto

/// The place of an event in the chain: its number, and the hash of everything up to it.
public struct Link: Sendable, Equatable {
    /// Counts from 1 without gaps.
    public let number: Int64
    /// Of the link before, the number and the event.
    public let hash: Digest

    /// The largest number: the largest that JSON's numbers hold exactly, and more than any server reaches.
    public static let maximumNumber: Int64 = 1 << 53

    /// Takes what a store has kept.
    public init(number: Int64, hash: Digest) {
        self.number = number
        self.hash = hash
    }

    /// Whether the number is one that a chain can reach; others come from outside only.
    var isPossible: Bool { 1...Self.maximumNumber ~= number }

    /// The link of an event after another one; of the first event after none.
    init(of event: Digest, after previous: Link?) {
        number = (previous?.number ?? 0) + 1
        var bytes = Array("lunauth link 1\n".utf8)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
        }
        bytes += previous?.hash.bytes ?? [UInt8](repeating: 0, count: Digest.count)
        bytes += event.bytes
        hash = SHA256.digest(bytes)
    }
}
