import Crypto
import Testing

@testable import Auth

struct APIKeyTextTests {
    private func hash(_ text: String) -> Digest? {
        APIKeyText.hash(of: Array(text.utf8)[...])
    }

    @Test func `a key has its prefix, 32 random characters and its checksum`() {
        for _ in 0..<200 {
            let key = APIKeyText.random()
            #expect(key.text.wholeMatch(of: /luna_[0-9A-Za-z]{38}/) != nil)
            #expect(hash(key.text) == SHA256.digest(key.text.utf8))
            #expect(key.hash == SHA256.digest(key.text.utf8))
            #expect(key.shown == String(key.text.prefix(12)))
        }
    }

    @Test func `keys are unique and every character occurs at every position`() {
        let keys = (0..<5_000).map { _ in Array(APIKeyText.random().text.utf8) }
        #expect(Set(keys).count == keys.count)
        for place in 5..<37 { #expect(Set(keys.map { $0[place] }).count == 62) }
    }

    /// Generated with zlib's CRC-32 and Python's arithmetic.
    @Test(arguments: [
        "luna_000000000000000000000000000000003USGKJ",
        "luna_0123456789ABCDEFGHIJKLMNOPQRSTUV1DNuES",
        "luna_UVWXYZabcdefghijklmnopqrstuvwxyz3pN8JS",
    ])
    func `the checksum agrees with an independent implementation`(key: String) {
        #expect(hash(key) != nil)
    }

    @Test func `a key with one character changed or two swapped is rejected`() {
        let key = Array(APIKeyText.random().text.utf8)
        for index in 5..<key.count {
            var changed = key
            changed[index] = key[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(APIKeyText.hash(of: changed[...]) == nil)
            changed = key
            changed.swapAt(index, index - 1)
            #expect(changed == key || APIKeyText.hash(of: changed[...]) == nil)
        }
    }

    @Test(arguments: [
        "", "luna_", "luna", "Luna_\(zeros)", "luna-\(zeros)", "luna_\(zeros)0", " luna_\(zeros)",
        "luna_\(zeros.dropLast())", "xuna_\(zeros)", zeros,
        "luna_" + String(repeating: "0", count: 100_000),
    ])
    func `a key of another form is rejected`(text: String) {
        #expect(hash(text) == nil)
    }

    /// The characters after the prefix of the key of 32 zeros.
    private static let zeros = String(repeating: "0", count: 32) + "3USGKJ"
}
