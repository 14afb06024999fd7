import Bytes
import COpenSSL
import Testing

@testable import Crypto

@Suite struct HKDFTests {
    /// A test case of RFC 5869 appendix A for SHA-256.
    struct Vector: Sendable {
        var secret: String
        var salt: String
        var info: String
        var output: String
    }

    private static func run(_ values: ClosedRange<UInt8>) -> String { Hex.encode(Array(values)) }

    private static let vectors = [
        Vector(
            secret: String(repeating: "0b", count: 22), salt: run(0x00...0x0C),
            info: run(0xF0...0xF9),
            output: """
                3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf
                34007208d5b887185865
                """),
        Vector(
            secret: run(0x00...0x4F), salt: run(0x60...0xAF), info: run(0xB0...0xFF),
            output: """
                b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
                59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
                cc30c58179ec3e87c14c01d5c1f3434f1d87
                """),
        Vector(
            secret: String(repeating: "0b", count: 22), salt: "", info: "",
            output: """
                8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d
                9d201395faa4b61a96c8
                """),
    ]

    @Test(arguments: vectors)
    func `the published inputs give the published keys`(vector: Vector) throws {
        let output = try bytes(vector.output)
        let derived = try HKDF.derive(
            secret: try #require(Secret(hex: vector.secret.utf8)), salt: try bytes(vector.salt),
            info: try bytes(vector.info), length: output.count)
        #expect(derived.withBytes { [UInt8](copying: $0) } == output)
    }

    @Test func `the label is the info and the salt is empty`() throws {
        let secret = try #require(Secret(hex: String(repeating: "0b", count: 22).utf8))
        let labelled = try HKDF.derive(secret: secret, label: "jwt")
        let whole = try HKDF.derive(secret: secret, salt: [], info: Array("jwt".utf8), length: 32)
        let unlabelled = try HKDF.derive(secret: secret, label: "", length: 42)
        #expect(labelled.withBytes { one in whole.withBytes { constantTimeEquals(one, $0) } })
        #expect(
            unlabelled.withBytes { [UInt8](copying: $0) } == (try bytes(Self.vectors[2].output)))
    }

    @Test func `purposes have different keys`() throws {
        let secret = Secret.random()
        let keys = try ["jwt", "device", "cursor"].map { label in
            try HKDF.derive(secret: secret, label: label).withBytes { [UInt8](copying: $0) }
        }
        #expect(Set(keys).count == 3)
    }

    @Test(arguments: [-1, 0, HKDF.maximumLength + 1, Int.max, Int.min])
    func `a length outside the bounds is refused`(length: Int) {
        #expect(throws: CryptoError.invalidLength) {
            try HKDF.derive(secret: Secret.random(), label: "x", length: length)
        }
    }

    @Test(arguments: [1, 31, 33, HKDF.maximumLength])
    func `a length within the bounds is given`(length: Int) throws {
        let key = try HKDF.derive(secret: Secret.random(), label: "x", length: length)
        #expect(key.withBytes { $0.count } == length)
    }

    @Test func `a failure leaves nothing in OpenSSL's error queue`() {
        ERR_clear_error()
        // OpenSSL bounds `info`; ours are labels of a few bytes.
        let info = [UInt8](repeating: 1, count: 1 << 16)
        #expect(throws: CryptoError.unavailable) {
            try HKDF.derive(secret: Secret.random(), salt: [], info: info, length: 32)
        }
        #expect(ERR_peek_error() == 0)
    }
}
