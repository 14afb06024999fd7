import Crypto
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the published messages give the published digests`(message: String, published: String) {
        #expect(Hex.encode(SHA256.digest(message.utf8).bytes) == published)
        let lent = Array(message.utf8)
        let digest = SHA256.digest(lent.span)
        #expect(digest == SHA256.digest(message.utf8))
    }

    @Test func `a million times a gives the published digest`() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            Hex.encode(SHA256.digest(message).bytes)
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `bytes that are not contiguous in memory are digested, too`() {
        let scattered = [UInt8](0..<200).lazy.filter { $0 % 3 == 0 }
        let together = Array(scattered)
        #expect(SHA256.digest(together[...]) == SHA256.digest(together))
        #expect(SHA256.digest(scattered) == SHA256.digest(together))
    }
}
