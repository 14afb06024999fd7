import Crypto
import Testing

@Suite struct ConstantTimeTests {
    @Test func `equal bytes are equal`() throws {
        let digest = SHA256.digest([1])
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3][...]))
        #expect(constantTimeEquals([UInt8](), [UInt8]()))
        #expect(constantTimeEquals(digest, digest))
    }

    @Test(arguments: 0..<32)
    func `one different byte anywhere is seen`(index: Int) throws {
        let bytes = [UInt8](repeating: 9, count: 32)
        var changed = bytes
        changed[index] ^= 0x80
        #expect(!constantTimeEquals(bytes, changed))
        let lent = constantTimeEquals(bytes.span, changed.span)
        #expect(!lent)
        let (one, other) = (try #require(Digest(bytes: bytes)), Digest(bytes: changed))
        #expect(!constantTimeEquals(one, try #require(other)))
    }

    @Test func `a prefix is not equal`() {
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
        #expect(!constantTimeEquals([], [1]))
    }
}
