@testable import WebAuthn

/// Keys that are refused in a registration.
enum KeyRefusals {
    private typealias Change = Refusal<MadePasskey>

    /// Changes to a key of an algorithm.
    static func all(_ algorithm: PublicKey.Algorithm) -> [Refusal<MadePasskey>] {
        switch algorithm {
        case .es256: shapes + es256
        case .edDSA: edDSA + smallOrders
        case .rs256: rs256
        }
    }

    private static let shapes = [
        Change("no algorithm", .malformedKey) { $0.setKey(3, nil) },
        Change("ES384", .algorithm) { $0.setKey(3, .integer(-35)) },
        Change("RSASSA-PSS", .algorithm) { $0.setKey(3, .integer(-37)) },
        Change("RS1", .algorithm) { $0.setKey(3, .integer(-65_535)) },
        Change("an algorithm that is a text", .malformedKey) { $0.setKey(3, .text("ES256")) },
        Change("the largest algorithm", .algorithm) { $0.setKey(3, .integer(.max)) },
        Change("the smallest algorithm", .algorithm) { $0.setKey(3, .integer(.min)) },
        Change("an algorithm that does not fit", .malformedKey) {
            $0.setKey(3, .raw(CBORValue.head(1, .max)))
        },
        Change("no key type", .malformedKey) { $0.setKey(1, nil) },
        Change("an id of the key", .malformedKey) { $0.setKey(2, .bytes([1])) },
        Change("operations of the key", .malformedKey) {
            $0.setKey(1, nil)
            $0.setKey(4, .array([.integer(2)]))
        },
        Change("a private key", .malformedKey) {
            $0.setKey(-4, .bytes([UInt8](repeating: 1, count: 32)))
        },
        Change("a member of the key twice", .malformedKey) { $0.repeatKeyMember(at: 3) },
        Change("an algorithm twice", .malformedKey) {
            $0.setKey(-3, nil)
            $0.repeatKeyMember(at: 1)
        },
        Change("a name of the key that is a text", .malformedKey) {
            $0.setKey(1, nil)
            $0.addKeyMember(.text("kty"), .integer(2))
        },
        Change("an empty key", .malformedKey) { $0.key = .map([]) },
        Change("a key that is an array", .malformedKey) { $0.key = .array([]) },
        Change("a key of indefinite length", .malformedKey) {
            $0.key = .raw([0xBF] + $0.key.encoded.dropFirst() + [0xFF])
        },
        Change("a tagged key", .malformedKey) { $0.key = .raw([0xC1] + $0.key.encoded) },
        Change("a key that claims 2^32 members", .malformedKey) {
            $0.key = .raw(CBORValue.head(5, 1 << 32) + $0.key.encoded.dropFirst())
        },
        // Keys are in the canonical form of CTAP2 (WebAuthn Level 3 §6.5.1.1).
        Change("a key in another order", .malformedAuthenticatorData) {
            guard case .map(let members) = $0.key else { return }
            $0.key = .map(members.reversed())
        },
        Change("no key", .malformedAuthenticatorData) { $0.key = .raw([]) },
    ]

    private static let es256 = [
        Change("ES256 with a key of octets", .keyType) { $0.setKey(1, .integer(1)) },
        Change("ES256 with an RSA key", .keyType) { $0.setKey(1, .integer(3)) },
        Change("ES256 on P-384", .keyType) { $0.setKey(-1, .integer(2)) },
        Change("ES256 on Ed25519", .keyType) { $0.setKey(-1, .integer(6)) },
        Change("EdDSA with a point of P-256", .keyType) { $0.setKey(3, .integer(-8)) },
        Change("RS256 with a point of P-256", .keyType) { $0.setKey(3, .integer(-257)) },
        Change("no curve", .malformedKey) { $0.setKey(-1, nil) },
        Change("no y", .malformedKey) { $0.setKey(-3, nil) },
        Change("a compressed point", .malformedKey) { $0.setKey(-3, .raw([0xF5])) },
        Change("x of 31 bytes", .malformedKey) { $0.setKey(-2, octets(31)) },
        Change("x of 33 bytes", .malformedKey) { $0.setKey(-2, octets(33)) },
        Change("y of 31 bytes", .malformedKey) { $0.setKey(-3, octets(31)) },
        Change("y that is a text", .malformedKey) {
            $0.setKey(-3, .text(String(repeating: "y", count: 32)))
        },
        Change("a point off the curve", .malformedKey) { $0.setKey(-3, octets(32)) },
        Change("a point beyond the field", .malformedKey) {
            $0.setKey(-2, .bytes([UInt8](repeating: 0xFF, count: 32)))
        },
        Change("the point 0, 0", .malformedKey) {
            $0.setKey(-2, .bytes([UInt8](repeating: 0, count: 32)))
            $0.setKey(-3, .bytes([UInt8](repeating: 0, count: 32)))
        },
    ]

    private static let edDSA = [
        Change("EdDSA with a key of two coordinates", .keyType) { $0.setKey(1, .integer(2)) },
        Change("EdDSA on X25519", .keyType) { $0.setKey(-1, .integer(4)) },
        Change("EdDSA on Ed448", .keyType) { $0.setKey(-1, .integer(7)) },
        Change("EdDSA with 31 bytes", .malformedKey) { $0.setKey(-2, octets(31)) },
        Change("EdDSA with 57 bytes", .malformedKey) { $0.setKey(-2, octets(57)) },
        Change("EdDSA without its key", .malformedKey) { $0.setKey(-2, nil) },
        Change("EdDSA with y", .malformedKey) { $0.setKey(-3, octets(32)) },
        Change("ES256 with a point of Ed25519", .keyType) { $0.setKey(3, .integer(-7)) },
    ]

    /// What verifies the same signature of any message, with either sign of x, and with y beyond the field.
    private static let smallOrders =
        [
            ("order 1", [1], 0, 0), ("order 1, the sign set", [1], 0, 0x80),
            ("order 1, beyond the field", [0xEE], 0xFF, 0x7F), ("order 2", [0xEC], 0xFF, 0x7F),
            ("order 4", [0], 0, 0), ("order 4, the sign set", [0], 0, 0x80),
            ("order 4, beyond the field", [0xED], 0xFF, 0xFF),
            ("order 8", orderOfEight.dropLast(), 0, 0x05),
            ("order 8, the sign set", orderOfEight.dropLast(), 0, 0x85),
        ].map { (name: String, first: [UInt8], middle: UInt8, last: UInt8) in
            let padding = [UInt8](repeating: middle, count: 31 - first.count)
            return Change("a point of \(name)", .malformedKey) {
                $0.setKey(-2, .bytes(first + padding + [last]))
            }
        }

    private static let orderOfEight: [UInt8] = [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98,
        0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53,
        0xFC, 0x05,
    ]

    private static let rs256 = [
        Change("RS256 with a key of two coordinates", .keyType) { $0.setKey(1, .integer(2)) },
        Change("RSA of 1,024 bits", .malformedKey) { $0.setKey(-1, octets(128)) },
        Change("RSA of 2,047 bits", .malformedKey) {
            $0.setKey(-1, .bytes([0x7F] + [UInt8](repeating: 0xFF, count: 255)))
        },
        Change("RSA of 4,096 bits", .malformedKey) { $0.setKey(-1, octets(512)) },
        Change("an even modulus", .malformedKey) {
            $0.setKey(-1, .bytes([UInt8](repeating: 0xFE, count: 256)))
        },
        Change("no modulus", .malformedKey) { $0.setKey(-1, nil) },
        Change("no exponent", .malformedKey) { $0.setKey(-2, nil) },
        Change("the exponent 1", .malformedKey) { $0.setKey(-2, .bytes([1])) },
        Change("the exponent 1 in three bytes", .malformedKey) {
            $0.setKey(-2, .bytes([0, 0, 1]))
        },
        Change("the exponent 3", .malformedKey) { $0.setKey(-2, .bytes([0, 0, 3])) },
        Change("an exponent of four bytes", .malformedKey) {
            $0.setKey(-2, .bytes([0, 1, 0, 1]))
        },
        Change("ES256 with an RSA modulus", .keyType) { $0.setKey(3, .integer(-7)) },
    ]

    private static func octets(_ count: Int) -> CBORValue {
        .bytes([UInt8](repeating: 0xA5, count: count))
    }
}

extension MadePasskey {
    /// Adds a member to the key.
    fileprivate mutating func addKeyMember(_ name: CBORValue, _ value: CBORValue) {
        guard case .map(let members) = key else { return }
        key = .map(members + [(name, value)])
    }

    /// Adds a member of the key that is there.
    fileprivate mutating func repeatKeyMember(at index: Int) {
        guard case .map(let members) = key else { return }
        key = .map(members + [members[index]])
    }
}
