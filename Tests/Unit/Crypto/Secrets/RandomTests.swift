import Crypto
import Testing

@Suite struct RandomTests {
    @Test(arguments: [0, 1, 16, 255, 256, 257, 1000])
    func `as many bytes are returned as were requested`(count: Int) {
        #expect(Random.bytes(count).count == count)
    }

    @Test func `every stretch of a long answer is filled`() {
        // 32 zero bytes in a row come by chance once in 2^256.
        let bytes = Random.bytes(1024)
        for start in stride(from: 0, to: 1024, by: 32) {
            #expect(bytes[start..<start + 32].contains { $0 != 0 })
        }
    }

    @Test func `random values do not repeat`() {
        #expect(Set((0..<1000).map { _ in Random.bytes(16) }).count == 1000)
    }
}
