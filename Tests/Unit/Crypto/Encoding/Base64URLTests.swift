import Bytes
import Testing

@testable import Crypto

@Suite struct Base64URLTests {
    /// RFC 4648 §10 without padding, and RFC 7515 appendix C.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `the published texts go both ways`(plain: String, encoded: String) {
        #expect(Base64URL.encode(plain.utf8) == encoded)
        #expect(Base64URL.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test func `the last two symbols are those of the URL`() {
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME".utf8) == [3, 236, 255, 224, 193])
        #expect(Base64URL.decode("A+z_4ME".utf8) == nil)
        #expect(Base64URL.decode("A-z/4ME".utf8) == nil)
    }

    @Test(arguments: 0...70)
    func `every length survives the way there and back`(count: Int) {
        let bytes = Random.bytes(count)
        let text = Base64URL.encode(bytes)
        #expect(text.utf8.count == Base64.encodedCount(count))
        #expect(Base64URL.decode(text.utf8) == bytes)
        let (encoded, symbols) = (Base64URL.encode(bytes.span), Array(text.utf8))
        let decoded = Base64URL.decode(symbols.span)
        #expect(encoded == text)
        #expect(decoded == bytes)
    }

    @Test(arguments: [
        "A", "AAAAA", "Zg==", "Zm8=", "Zm9v=", "=", "Zm 9v", "Zm9v\n", "\nZm9v", "Zm9v ", "Zm.9",
        "Zm9%", "é", "Zm9\u{0}",
    ])
    func `padding, white space, foreign symbols and impossible lengths are refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test(arguments: ["Zh", "Zi", "Zv", "Zw9", "Zm-", "Zm_", "AB", "A_", "AAB", "AA_"])
    func `unused bits other than zero are refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test func `each byte string has one text`() {
        let symbols = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var decoded: Set<[UInt8]> = []
        for first in symbols {
            for second in symbols {
                if let bytes = Base64URL.decode([first, second]) { decoded.insert(bytes) }
            }
        }
        #expect(decoded.count == 256)
        let accepted = symbols.filter { Base64URL.decode([$0, symbols[0]]) != nil }
        #expect(accepted.count == 64)
    }

    @Test(arguments: 0..<8)
    func `a foreign byte is refused at every place`(place: Int) {
        let symbols = Set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min...UInt8.max {
            var text = Array("AAAAAAAA".utf8)
            text[place] = byte
            #expect((Base64URL.decode(text) != nil) == symbols.contains(byte))
        }
    }

    @Test func `a digest is read from 43 symbols only`() {
        let digest = SHA256.digest([])
        let text = Base64URL.encode(digest.bytes)
        func read(_ text: String) -> Digest? {
            withSpan(of: text.utf8) { Base64.url.decodeDigest($0) }
        }
        #expect(read(text) == digest)
        #expect(read(String(text.dropLast())) == nil)
        #expect(read(text + "A") == nil)
        #expect(read(text.dropLast() + "V") == nil)
    }
}
