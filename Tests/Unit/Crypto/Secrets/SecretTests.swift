import Bytes
import TestSupport
import Testing

@testable import Crypto

@Suite struct SecretTests {
    @Test(arguments: [
        (String(repeating: "0", count: 64), true), (String(repeating: "f", count: 64), true),
        (String(repeating: "c4", count: 32), true),
        (String(repeating: "0123456789abcdef", count: 4), true),
        (String(repeating: "abc", count: 21) + "a", true),
        (
            (0..<32).map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined(),
            true
        ),
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false),
        ("0000000000000000000000000000000000000000000000000000000000000001", false),
    ])
    func `a key that a person made up is distinguished from a random one`(
        digits: String, isPattern: Bool
    ) throws {
        #expect(try #require(Secret(hex: digits.utf8)).isPattern == isPattern)
        #expect(!Secret.random().isPattern)
    }

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

    @Test func `the last reference, and no earlier one, wipes the bytes from memory`() throws {
        func release() throws -> HiddenBytes {
            // Large enough that no allocator writes over all of it.
            var one: Secret? = .random(count: 4_096)
            let bytes = try #require(one?.withBytes { HiddenBytes($0) })
            let other = one
            one = nil
            #expect(withExtendedLifetime(other) { bytes.areInMemory })
            return bytes
        }
        #expect(try !release().areInMemory)
    }

    @Test func `the copy that a secret makes of bytes is wiped with it`() throws {
        func release() throws -> HiddenBytes {
            let hidden = HiddenBytes(count: 4_096)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(hidden.count)
            hidden.append(to: &bytes)
            let secret = try #require(Secret(bytes: bytes))
            wipe(&bytes)
            return secret.withBytes { HiddenBytes($0) }
        }
        #expect(try !release().areInMemory)
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
