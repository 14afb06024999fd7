import Bytes
public import Crypto

/// Personal data of an event, which can be erased without a trace in the chain.
///
/// The chain holds a commitment to it: the hash of a random salt and the text. While both are there, they
/// prove each other; once salt and text are erased, the commitment says nothing of them.
public struct PersonalData: Sendable, Equatable {
    /// Random, so that the commitment to a short text cannot be guessed.
    static let saltCount = 16

    /// Salt and fields; nil once erased.
    public let bytes: [UInt8]?
    /// What the chain holds.
    public let commitment: Digest

    /// Takes what a store has kept.
    public init(bytes: [UInt8]?, commitment: Digest) {
        self.bytes = bytes
        self.commitment = commitment
    }

    /// Commits to fields.
    ///
    /// - Parameters:
    ///   - fields: The fields.
    ///   - salt: Random; used for nothing else.
    init(_ fields: [String?], salt: ArraySlice<UInt8> = Random.bytes(saltCount)[...]) {
        var encoder = EventEncoder(salt)
        for field in fields { encoder.append(field?.utf8) }
        self.init(bytes: encoder.bytes, commitment: Self.commitment(to: encoder.bytes))
    }

    /// The fields; nil once erased, or where they are not as they were written.
    var fields: [String?]? {
        guard let bytes, isTrue else { return nil }
        return EventEncoder.fields(of: bytes.dropFirst(Self.saltCount))
    }

    /// Whether it is erased, or what the commitment says.
    public var isTrue: Bool {
        bytes.map { Self.commitment(to: $0) == commitment } ?? true
    }

    /// The same without salt and fields.
    public var erased: PersonalData { PersonalData(bytes: nil, commitment: commitment) }

    private static func commitment(to bytes: [UInt8]) -> Digest {
        var hash = SHA256Stream()
        hash.add([1])
        hash.add(bytes)
        return hash.digest()
    }
}

/// Where the actor of an event was.
public struct EventClient: Sendable, Equatable {
    /// Its parts, as the record keeps them.
    public let data: PersonalData

    /// Takes what a store has kept.
    public init(_ data: PersonalData) {
        self.data = data
    }

    /// The client of a cause, under a salt that is used for nothing else.
    init(
        of cause: Cause, salt: ArraySlice<UInt8> = Random.bytes(PersonalData.saltCount)[...]
    ) {
        data = PersonalData([cause.address, cause.agent], salt: salt)
    }

    /// The address; nil for a process on this machine, or once erased.
    public var address: String? { field(0) }

    /// The User-Agent; nil where there was none, or once erased.
    public var agent: String? { field(1) }

    private func field(_ index: Int) -> String? {
        guard let fields = data.fields, fields.indices.contains(index) else { return nil }
        return fields[index]
    }
}

/// What changed by an event.
public struct EventDetails: Sendable, Equatable {
    /// Its parts, as the record keeps them.
    public let data: PersonalData

    /// Takes what a store has kept.
    public init(_ data: PersonalData) {
        self.data = data
    }

    /// Commits to changes, under a salt that is used for nothing else.
    init(
        _ changes: [EventChange],
        salt: ArraySlice<UInt8> = Random.bytes(PersonalData.saltCount)[...]
    ) {
        data = PersonalData(changes.flatMap { [$0.name, $0.old, $0.new] }, salt: salt)
    }

    /// The changes; none once erased.
    public var changes: [EventChange] {
        guard let fields = data.fields, fields.count.isMultiple(of: 3) else { return [] }
        return stride(from: 0, to: fields.count, by: 3).compactMap { index in
            fields[index].map {
                EventChange(stored: $0, from: fields[index + 1], to: fields[index + 2])
            }
        }
    }
}
