import Crypto
import Testing

@Suite struct DigestTests {
    @Test func `a digest gives back its bytes`() throws {
        let bytes = [UInt8](0..<32)
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(digest.withBytes { span in span.indices.map { span[$0] } } == bytes)
    }

    @Test func `a slice is taken like an array`() throws {
        let bytes = [UInt8](0..<64)
        #expect(Digest(bytes: bytes[16..<48])?.bytes == Array(bytes[16..<48]))
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func `any other length than 32 is refused`(count: Int) {
        #expect(Digest(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func `digests that differ in any one byte are different keys`() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        var names: [Digest: Int] = [try #require(Digest(bytes: zero)): -1]
        for index in 0..<32 {
            var bytes = zero
            bytes[index] = 1
            let digest = try #require(Digest(bytes: bytes))
            #expect(names[digest] == nil)
            names[digest] = index
        }
        #expect(names.count == 33)
        #expect(names[try #require(Digest(bytes: zero))] == -1)
    }

    @Test func `digests of one owner are distinguished from those of others`() {
        let digests = (0..<3).map { SHA256.digest([$0]) }
        let mine = digests[1].grouped(under: digests[0])
        #expect(mine.bytes == Array(digests[0].bytes.prefix(16) + digests[1].bytes.suffix(16)))
        #expect(mine.isGrouped(under: digests[0]) && digests[0].isGrouped(under: digests[0]))
        #expect(!mine.isGrouped(under: digests[1]) && !mine.isGrouped(under: digests[2]))
    }
}
