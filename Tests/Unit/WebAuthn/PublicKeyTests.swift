import Testing

@testable import WebAuthn

@Suite struct PublicKeyTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `a stored key is the same key again`(_ algorithm: PublicKey.Algorithm) throws {
        let bytes = (0..<algorithm.keyLength).map { UInt8(truncatingIfNeeded: $0) }
        let key = try #require(PublicKey(algorithm: algorithm, bytes: bytes))
        #expect(PublicKey(encoded: key.encoded) == key)
        #expect(PublicKey(encoded: key.encoded.dropLast()) == nil)
        #expect(PublicKey(encoded: key.encoded + [0]) == nil)
        #expect(PublicKey(encoded: [9] + bytes) == nil)
    }

    @Test func `nothing is no stored key`() {
        #expect(PublicKey(encoded: [UInt8]()) == nil)
    }
}
