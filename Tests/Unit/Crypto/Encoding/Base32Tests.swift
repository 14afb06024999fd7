import Crypto
import Testing

@Suite struct Base32Tests {
    /// RFC 4648 §10, without the padding.
    private static let vectors = [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ]

    @Test(arguments: vectors)
    func `the published bytes have the published texts`(bytes: String, text: String) {
        #expect(Base32.encode(bytes.utf8) == text)
        #expect(Base32.decode(text.utf8) == Array(bytes.utf8))
    }

    @Test func `every byte survives the way there and back`() {
        let bytes = [UInt8](0...255)
        for count in 0...bytes.count {
            let text = Base32.encode(bytes.prefix(count))
            #expect(text.utf8.count == (count * 8 + 4) / 5)
            #expect(Base32.decode(text.utf8) == Array(bytes.prefix(count)))
        }
    }

    @Test(arguments: ["mzxw6ytboi", "MZXW 6YTB OI", "mzxw-6ytb-oi", " -MzXw6yTbOi- "])
    func `case, spaces and dashes do not matter`(typed: String) {
        #expect(Base32.decode(typed.utf8) == Array("foobar".utf8))
    }

    @Test(arguments: [
        "MZXW6===", "0ZXW6", "1ZXW6", "8ZXW6", "9ZXW6", "MZXW6\n", "MZXW6\t", "MZXW_", "é", "\0",
        "MZXW\u{a0}6",
    ])
    func `any other symbol is refused`(text: String) {
        #expect(Base32.decode(text.utf8) == nil)
    }

    @Test(arguments: ["A", "AAA", "AAAAAA", "MZXW6YTBA"])
    func `a length that no bytes have is refused`(text: String) {
        #expect(Base32.decode(text.utf8) == nil)
    }

    @Test(arguments: ["MZ", "MZXR", "MZXW7", "MZXW6YR", "77"])
    func `unused bits that are not zero are refused`(text: String) {
        #expect(Base32.decode(text.utf8) == nil)
    }
}
