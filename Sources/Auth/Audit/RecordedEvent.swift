public import Crypto

/// An event as the record keeps it: with what proves that it is unchanged.
public struct RecordedEvent: Sendable, Equatable {
    /// What happened.
    public let event: Event
    /// Over its digest, made in its transaction.
    public let mac: EventMAC
    /// Its place in the chain; nil until the linker came by.
    public let link: Link?

    /// Creates one from its parts.
    public init(event: Event, mac: EventMAC, link: Link?) {
        self.event = event
        self.mac = mac
        self.link = link
    }
}

/// A MAC under one of the keys of the record.
public struct EventMAC: Sendable, Equatable {
    /// Bytes of the number of a key, and of the code.
    public static let count = keyCount + Digest.count
    private static let keyCount = 4

    /// The number of the key.
    public let key: [UInt8]
    /// The code (HMAC-SHA-256).
    public let code: Digest

    /// Joins a key's number and a code; nil when the number is none.
    public init?(key: [UInt8], code: Digest) {
        guard key.count == Self.keyCount else { return nil }
        self.key = key
        self.code = code
    }

    /// Takes what a store has kept: the number of the key, then the code.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.count, let code = Digest(bytes: bytes.dropFirst(Self.keyCount))
        else { return nil }
        self.init(key: Array(bytes.prefix(Self.keyCount)), code: code)
    }

    /// What a store keeps.
    public var bytes: [UInt8] { key + code.bytes }
}

/// Which events are listed.
public struct EventQuery: Sendable, Equatable {
    /// Of this kind alone.
    public var kind: EventKind?
    /// That this account did, or that are about it.
    public var account: UUID?
    /// Not before this time.
    public var since: Timestamp?
    /// Before this time.
    public var until: Timestamp?

    /// All events.
    public init() {}
}

/// How far the chain goes, as the record says itself.
public struct ChainHead: Sendable, Equatable {
    /// The record: random, made with its first link.
    public let origin: UUID
    /// The last link.
    public let link: Link
    /// When it was linked.
    public let time: Timestamp
    /// The hash of the last checkpoint, so that neither its end can be cut off nor one be added; nil without
    /// one.
    public let checkpoint: Digest?
    /// Over all of that: a head that was changed does not pass.
    public let mac: EventMAC

    /// Creates a head from its parts.
    public init(
        origin: UUID, link: Link, time: Timestamp, checkpoint: Digest?, mac: EventMAC
    ) {
        self.origin = origin
        self.link = link
        self.time = time
        self.checkpoint = checkpoint
        self.mac = mac
    }
}
