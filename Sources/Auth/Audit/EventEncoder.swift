import Bytes
public import Crypto

/// The bytes of an event that are hashed: fields one after the other, each with its length.
///
/// Without lengths, the end of one field could pass for the beginning of the next.
struct EventEncoder {
    /// Stands for a field that is absent, which an empty one is not.
    private static let absent = UInt32.max

    /// Enough for an event with a long User-Agent: growing in steps costs more than the hashing.
    private static let usualCapacity = 512

    private(set) var bytes: [UInt8] = []

    /// Begins after a prefix.
    init(_ prefix: some Collection<UInt8>) {
        bytes.reserveCapacity(Self.usualCapacity)
        bytes += prefix
    }

    /// Appends a field; nil is an absent one.
    mutating func append(_ field: (some Collection<UInt8>)?) {
        append(field.map { UInt32($0.count) } ?? Self.absent)
        if let field { bytes += field }
    }

    private mutating func append(_ number: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: number >> 24))
        bytes.append(UInt8(truncatingIfNeeded: number >> 16))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
    }

    /// The texts of fields; nil when the bytes are not whole fields, or no UTF-8.
    static func fields(of bytes: some Collection<UInt8>) -> [String?]? {
        var rest = Array(bytes)[...]
        var fields: [String?] = []
        while !rest.isEmpty {
            guard rest.count >= 4 else { return nil }
            let count = rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            rest = rest.dropFirst(4)
            guard count != absent else {
                fields.append(nil)
                continue
            }
            guard count <= rest.count,
                let text = String(validating: rest.prefix(Int(count)), as: UTF8.self)
            else { return nil }
            fields.append(text)
            rest = rest.dropFirst(Int(count))
        }
        return fields
    }
}

extension Event {
    /// What the chain and the MAC hold of it: the hash of all of its fields, of personal ones of their
    /// commitments.
    public var digest: Digest {
        var encoder = EventEncoder("lunauth event 1\n".utf8)
        encoder.append(id.octets)
        encoder.append(String(time.milliseconds).utf8)
        encoder.append(kind.rawValue.utf8)
        encoder.append(actor.kind.utf8)
        switch actor {
        case .account(let id):
            encoder.append(id.octets)
        case .apiKey(let key, of: let id):
            encoder.append(id.octets)
            encoder.append(key.octets)
        case .commandLine(let user):
            encoder.append(user.utf8)
        case .link, .server, .client:
            break
        }
        encoder.append(subject?.octets)
        encoder.append(object?.octets)
        encoder.append(client.data.commitment.bytes)
        encoder.append(details.data.commitment.bytes)
        return SHA256.digest(encoder.bytes)
    }
}
