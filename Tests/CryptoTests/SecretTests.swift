import Testing

@testable import Crypto

@Suite struct SecretTests {
    @Test func `a secret lends the bytes it was made from`() throws {
        let secret = try #require(Secret(bytes: [1, 2, 3]))
        #expect(secret.withBytes { [UInt8](copying: $0) } == [1, 2, 3])
    }

    @Test func `the caller may wipe its own bytes`() throws {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = try #require(Secret(bytes: bytes))
        wipe(&bytes)
        #expect(secret.withBytes { [UInt8](copying: $0) } == [1, 2, 3])
    }

    @Test func `the bytes may be lent twice at a time`() throws {
        let secret = try #require(Secret(bytes: [1, 2, 3]))
        #expect(secret.withBytes { one in secret.withBytes { constantTimeEquals(one, $0) } })
    }

    @Test func `both cases of hexadecimal make a secret`() throws {
        let secret = try #require(Secret(hex: "00fFAb".utf8))
        #expect(secret.withBytes { [UInt8](copying: $0) } == [0x00, 0xFF, 0xAB])
    }

    @Test(arguments: ["", "0", "0g", "00 "])
    func `malformed or empty hexadecimal makes none`(text: String) {
        #expect(Secret(hex: text.utf8) == nil)
    }

    @Test func `an empty secret does not exist`() {
        #expect(Secret(bytes: []) == nil)
    }

    @Test func `random secrets differ and have the length asked for`() {
        let one = Secret.random(count: 48).withBytes { [UInt8](copying: $0) }
        let other = Secret.random(count: 48).withBytes { [UInt8](copying: $0) }
        #expect(one.count == 48)
        #expect(one != other)
    }

    @Test func `no way of printing shows the bytes`() throws {
        let secret = try #require(Secret(bytes: [77, 77, 77]))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "secret")
        #expect(String(reflecting: secret) == "secret")
        #expect(!dumped.contains("77"))
        #expect(!String(reflecting: ["key": secret]).contains("77"))
    }

    @Test(arguments: [0, 1, 15, 64, 1000])
    func `wiping leaves zeros in the same storage`(count: Int) {
        var bytes = [UInt8](repeating: 0xA5, count: count)
        let before = bytes.withUnsafeBytes { $0.baseAddress }
        wipe(&bytes)
        #expect(bytes == [UInt8](repeating: 0, count: count))
        #expect(bytes.withUnsafeBytes { $0.baseAddress } == before)
    }
}
