public import Crypto

/// A statement of how far the chain went at a time, which is signed: a copy of it elsewhere shows whether the
/// chain was cut off or written again since.
public struct Checkpoint: Sendable, Equatable {
    /// The record: a database and its backups; random.
    public let origin: UUID
    /// The last link.
    public let link: Link
    /// When it was signed.
    public let time: Timestamp
    /// Why.
    public let reason: Reason
    /// The number of the first event that is kept: more than 1 after a purge.
    public let first: Int64
    /// The hash of the text of the checkpoint before, so that none can be taken out; nil for the first.
    public let previous: Digest?
    /// The public key that signs from now on; nil but for `rotation`.
    public let successor: [UInt8]?

    /// What a checkpoint is signed for.
    public enum Reason: String, Sendable, CaseIterable {
        /// The chain began.
        case first
        /// A thousand events since the one before.
        case events
        /// An hour since the one before, with events in it.
        case hour
        /// The server stopped.
        case shutdown
        /// Events before `first` are deleted.
        case purge
        /// Another key signs from now on.
        case rotation
        /// The database came from a backup.
        case restore
    }

    /// Creates a checkpoint from its parts.
    public init(
        origin: UUID, link: Link, time: Timestamp, reason: Reason, first: Int64,
        previous: Digest? = nil, successor: [UInt8]? = nil
    ) {
        self.origin = origin
        self.link = link
        self.time = time
        self.reason = reason
        self.first = first
        self.previous = previous
        self.successor = successor
    }
}

extension Checkpoint {
    private static let title = "lunauth checkpoint 1"

    /// What is signed: a line for each part, each with its line feed.
    public var text: String {
        var lines = [
            Self.title, "origin \(origin)", "number \(link.number)",
            "link \(Hex.encode(link.hash.bytes))", "time \(time.rfc3339)",
            "reason \(reason.rawValue)", "first \(first)",
        ]
        if let previous { lines.append("previous \(Hex.encode(previous.bytes))") }
        if let successor { lines.append("successor \(Hex.encode(successor))") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Reads the text of a checkpoint; nil for anything but what `text` writes.
    public init?(text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.title[...], lines.popLast()?.isEmpty == true else {
            return nil
        }
        func part(_ name: String) -> String? {
            guard let line = lines.first, line.hasPrefix(name + " ") else { return nil }
            lines.removeFirst()
            return String(line.dropFirst(name.count + 1))
        }
        guard let origin = part("origin").flatMap({ UUID(parsing: $0.utf8) }),
            let number = part("number").flatMap({ Int64($0) }),
            let hash = part("link").flatMap({ Hex.decode($0.utf8) }).flatMap({
                Digest(bytes: $0)
            }),
            let time = part("time").flatMap(Timestamp.init(rfc3339:)),
            let reason = part("reason").flatMap(Reason.init(rawValue:)),
            let first = part("first").flatMap({ Int64($0) })
        else { return nil }
        self.init(
            origin: origin, link: Link(number: number, hash: hash), time: time, reason: reason,
            first: first,
            previous: part("previous").flatMap { Hex.decode($0.utf8) }.flatMap {
                Digest(bytes: $0)
            },
            successor: part("successor").flatMap { Hex.decode($0.utf8) })
        // Leading zeros, another order or anything else would be a second text of one checkpoint.
        guard lines.isEmpty, self.text == text else { return nil }
    }
}

/// A checkpoint with its signature.
public struct SignedCheckpoint: Sendable, Equatable {
    /// What was signed.
    public let text: String
    /// The public key, 32 bytes.
    public let key: [UInt8]
    /// Of the text, 64 bytes.
    public let signature: [UInt8]

    /// Takes what a store has kept.
    public init(text: String, key: [UInt8], signature: [UInt8]) {
        self.text = text
        self.key = key
        self.signature = signature
    }

    /// Signs a checkpoint.
    init(_ checkpoint: Checkpoint, by key: Ed25519.PrivateKey) throws(CryptoError) {
        text = checkpoint.text
        self.key = key.publicKey
        signature = try key.sign(text.utf8)
    }

    /// The checkpoint; nil when it is not what its key signed.
    ///
    /// - Throws: `unavailable` when OpenSSL fails.
    public func verified() throws(CryptoError) -> Checkpoint? {
        guard try hasValidSignature() else { return nil }
        return Checkpoint(text: text)
    }

    /// Of its text: what the next one and the head hold of it.
    var hash: Digest { SHA256.digest(text.utf8) }

    /// Whether its key signed its text.
    func hasValidSignature() throws(CryptoError) -> Bool {
        try Ed25519.isValid(signature, of: Array(text.utf8), by: key)
    }
}
