import Crypto
import Testing

@Suite struct HMACSHA256Tests {
    /// A test case of RFC 4231 §4.
    struct Vector: Sendable {
        var key: String
        var data: String
        var code: String
    }

    private static let vectors = [
        Vector(
            key: String(repeating: "0b", count: 20), data: "4869205468657265",
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            key: "4a656665", data: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            key: String(repeating: "aa", count: 20), data: String(repeating: "dd", count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            key: "0102030405060708090a0b0c0d0e0f10111213141516171819",
            data: String(repeating: "cd", count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        // Case 5 is printed cut to 128 bits.
        Vector(
            key: String(repeating: "0c", count: 20),
            data: "546573742057697468205472756e636174696f6e",
            code: "a3b6167473100ee06e0c796c2955552b"),
        Vector(
            key: String(repeating: "aa", count: 131),
            data: Hex.encode("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            key: String(repeating: "aa", count: 131),
            data: Hex.encode(
                ("This is a test using a larger than block-size key and a larger than "
                    + "block-size data. The key needs to be hashed before being used by the "
                    + "HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test(arguments: vectors)
    func `the published keys and messages give the published codes`(vector: Vector) throws {
        let key = try #require(Secret(hex: vector.key.utf8))
        let mac = HMACSHA256(key: key)
        let code = mac.code(for: try bytes(vector.data)).bytes
        let expected = try bytes(vector.code)
        #expect(code.starts(with: expected))
    }

    @Test func `a message leaves nothing behind for the next one`() throws {
        let mac = HMACSHA256(key: try #require(Secret(bytes: [1, 2, 3])))
        let message = Array("message".utf8)
        let first = mac.code(for: message)
        _ = mac.code(for: [UInt8](repeating: 7, count: 1000))
        _ = mac.code(for: [])
        #expect(mac.code(for: message) == first)
        let lent = mac.code(for: message.span)
        #expect(lent == first)
        #expect(mac.code(for: (message + [0])[..<7]) == first)
    }

    @Test func `another key or another message gives another code`() throws {
        let one = HMACSHA256(key: try #require(Secret(bytes: [1, 2, 3])))
        let other = HMACSHA256(key: try #require(Secret(bytes: [1, 2, 4])))
        #expect(one.code(for: [5]) != other.code(for: [5]))
        #expect(one.code(for: [5]) != one.code(for: [6]))
        #expect(one.code(for: [5]) != one.code(for: [5, 0]))
    }
}
