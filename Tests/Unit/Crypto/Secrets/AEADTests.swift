import COpenSSL
import Testing

@testable import Crypto

struct AEADTests {
    private static let key = Secret.random()
    private static let message = Array("the link of a mail".utf8)
    private static let context = Array("for whom it is".utf8)

    /// Test cases 14 and 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
    @Test(arguments: [
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), "",
            String(repeating: "00", count: 16), "cea7403d4d606b6e074ec5d3baf39d18",
            "d0d1c8a799996bf0265b98b5d48ab919"
        ),
        (
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ])
    func `published vectors are opened`(
        key: String, nonce: String, context: String, message: String, sealed: String, tag: String
    ) throws {
        let secret = try #require(Secret(hex: key.utf8))
        let whole = try #require(Hex.decode((nonce + sealed + tag).utf8))
        let opened = try AEAD.open(
            whole, context: try #require(Hex.decode(context.utf8)), key: secret)
        #expect(opened.map { Hex.encode($0) } == message)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 4_096])
    func `sealed bytes are opened`(count: Int) throws {
        let message = Random.bytes(count)
        let sealed = try AEAD.seal(message, context: Self.context, key: Self.key)
        #expect(sealed.count == count + 28)
        #expect(try AEAD.open(sealed, context: Self.context, key: Self.key) == message)
    }

    @Test func `every single-bit change is refused`() throws {
        let sealed = try AEAD.seal(Self.message, context: Self.context, key: Self.key)
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(try AEAD.open(changed, context: Self.context, key: Self.key) == nil)
        }
        for count in 0..<sealed.count {
            let short = Array(sealed.prefix(count))
            #expect(try AEAD.open(short, context: Self.context, key: Self.key) == nil)
        }
    }

    @Test func `another key or another context opens nothing`() throws {
        let sealed = try AEAD.seal(Self.message, context: Self.context, key: Self.key)
        #expect(try AEAD.open(sealed, context: Self.context, key: .random()) == nil)
        #expect(try AEAD.open(sealed, context: [], key: Self.key) == nil)
    }

    @Test func `a refusal leaves no error of OpenSSL behind`() throws {
        let sealed = try AEAD.seal(Self.message, context: Self.context, key: Self.key)
        #expect(EVP_PKEY_CTX_new_id(-1, nil) == nil)
        #expect(ERR_peek_error() != 0)
        #expect(try AEAD.open(sealed, context: Self.context, key: .random()) == nil)
        #expect(ERR_peek_error() == 0)
    }

    @Test func `a message is never sealed the same way twice`() throws {
        let one = try AEAD.seal(Self.message, context: [], key: Self.key)
        let other = try AEAD.seal(Self.message, context: [], key: Self.key)
        #expect(one != other && one.prefix(12) != other.prefix(12))
    }

    @Test(arguments: [1, 16, 31, 33]) func `a key has 32 bytes`(count: Int) {
        #expect(throws: CryptoError.invalidLength) {
            try AEAD.seal([], context: [], key: .random(count: count))
        }
    }
}
