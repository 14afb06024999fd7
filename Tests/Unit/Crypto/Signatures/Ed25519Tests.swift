import Testing

@testable import Crypto

@Suite struct Ed25519Tests {
    /// RFC 8032 §7.1: TEST 1, TEST 2 and TEST SHA(abc).
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ])
    func `it signs and verifies as RFC 8032 says`(
        seed: String, key: String, message: String, signature: String
    ) throws {
        let secret = try #require(Secret(hex: seed.utf8))
        let signer = try Ed25519.PrivateKey(seed: secret)
        let bytes = try #require(Hex.decode(message.utf8))
        #expect(Hex.encode(signer.publicKey) == key)
        let made = try signer.sign(bytes)
        #expect(Hex.encode(made) == signature)
        #expect(try Ed25519.isValid(made, of: bytes, by: signer.publicKey))
        #expect(try !Ed25519.isValid(made, of: bytes + [0], by: signer.publicKey))
    }

    @Test func `no changed bit of a signature or key verifies`() throws {
        let signer = try Ed25519.PrivateKey(seed: .random())
        let message = Array("a checkpoint".utf8)
        let signature = try signer.sign(message)
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(try !Ed25519.isValid(changed, of: message, by: signer.publicKey))
        }
        for index in signer.publicKey.indices {
            var other = signer.publicKey
            other[index] ^= 1
            #expect(try !Ed25519.isValid(signature, of: message, by: other))
        }
    }

    @Test func `other lengths are refused`() throws {
        #expect(throws: CryptoError.invalidLength) {
            try Ed25519.PrivateKey(seed: .random(count: 31))
        }
        let signer = try Ed25519.PrivateKey(seed: .random())
        let signature = try signer.sign([1])
        #expect(try !Ed25519.isValid(Array(signature.dropLast()), of: [1], by: signer.publicKey))
        #expect(try !Ed25519.isValid(signature, of: [1], by: signer.publicKey + [0]))
    }
}
