/// The public key of a passkey, in the form that libfido2 takes.
public struct PublicKey: Sendable, Equatable {
    /// A signature algorithm (COSE, RFC 9053 and RFC 8812), those that are offered in order of preference.
    public enum Algorithm: Int, Sendable, CaseIterable {
        /// ECDSA on P-256 with SHA-256.
        case es256 = -7
        /// EdDSA on Ed25519.
        case edDSA = -8
        /// RSASSA-PKCS1-v1_5 with SHA-256 and a modulus of 2,048 bits.
        case rs256 = -257

        /// How many bytes a key has.
        var keyLength: Int {
            switch self {
            // The coordinates of a point.
            case .es256: 64
            case .edDSA: 32
            // The modulus, then the exponent.
            case .rs256: 256 + 3
            }
        }

        /// The first byte of a stored key.
        fileprivate var tag: UInt8 {
            switch self {
            case .es256: 1
            case .edDSA: 2
            case .rs256: 3
            }
        }
    }

    /// The algorithm of its signatures; a key is used with no other.
    public let algorithm: Algorithm
    /// ES256: x and y; EdDSA: the key of RFC 8032; RS256: modulus and exponent.
    public let bytes: [UInt8]

    /// A key from its parts; nil for another length than that of the algorithm.
    init?(algorithm: Algorithm, bytes: [UInt8]) {
        guard bytes.count == algorithm.keyLength else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// A key as it was stored; nil when it is not one.
    public init?(encoded: some Collection<UInt8>) {
        let algorithm = Algorithm.allCases.first { $0.tag == encoded.first }
        guard let algorithm else { return nil }
        self.init(algorithm: algorithm, bytes: Array(encoded.dropFirst()))
    }

    /// The key to store: one byte for the algorithm, then `bytes`.
    public var encoded: [UInt8] { [algorithm.tag] + bytes }
}
