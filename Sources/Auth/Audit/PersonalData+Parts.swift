import Bytes
public import Crypto

extension PersonalData {
    /// The parts of which the commitment is made, as they are there: for exports, which have to show what was
    /// changed, too.
    public var parts: (salt: [UInt8], fields: [String?])? {
        guard let bytes, bytes.count >= Self.saltCount,
            let fields = EventEncoder.fields(of: bytes.dropFirst(Self.saltCount))
        else { return nil }
        return (Array(bytes.prefix(Self.saltCount)), fields)
    }

    /// Puts together what `parts` has taken apart; nothing is checked.
    public init(salt: [UInt8], fields: [String?], commitment: Digest) {
        var encoder = EventEncoder(salt)
        for field in fields { encoder.append(field?.utf8) }
        self.init(bytes: encoder.bytes, commitment: commitment)
    }
}
