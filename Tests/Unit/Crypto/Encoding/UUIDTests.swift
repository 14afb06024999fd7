import Testing

@testable import Crypto

struct UUIDTests {
    private static let text = "0123abcd-4567-4abc-8def-0123456789ab"

    @Test func `a random one has version 4 and the variant of RFC 9562`() {
        var seen: Set<UUID> = []
        for _ in 0..<256 {
            let id = UUID.random()
            #expect(id.high >> 12 & 0xF == 4)
            #expect(id.low >> 62 == 0b10)
            seen.insert(id)
        }
        #expect(seen.count == 256)
    }

    @Test func `an ordered one begins with its time, and the rest is random`() {
        // The time of the example in RFC 9562, appendix A.6.
        let ids = (0..<256).map { _ in UUID.ordered(at: 0x017F_22E2_79B0) }
        for id in ids {
            #expect(id.high >> 16 == 0x017F_22E2_79B0)
            #expect(id.high >> 12 & 0xF == 7)
            #expect(id.low >> 62 == 0b10)
        }
        #expect(Set(ids).count == 256)
        #expect(UUID.ordered(at: 1).description < UUID.ordered(at: 2).description)
    }

    @Test func `text, bits and octets are three forms of one`() throws {
        let id = UUID(high: 0x0123_ABCD_4567_4ABC, low: 0x8DEF_0123_4567_89AB)
        #expect(id.description == Self.text)
        #expect(UUID(parsing: Self.text.utf8) == id)
        #expect(UUID(parsing: Self.text.uppercased().utf8) == id)
        #expect(UUID(octets: id.octets) == id)
        #expect(id.octets.first == 0x01 && id.octets.last == 0xAB)
    }

    @Test(arguments: [
        "", "0123abcd45674abc8def0123456789ab", "{0123abcd-4567-4abc-8def-0123456789a}",
        "0123abcd-4567-4abc-8def-0123456789a", "0123abcd-4567-4abc-8def-0123456789abc",
        "0123abcd-4567-4abc-8def-0123456789ag", "0123abcd_4567_4abc_8def_0123456789ab",
        "0123abc-d4567-4abc-8def-0123456789ab", "0123abcd-4567-4abc-8def-0123456789-b",
        " 0123abcd-4567-4abc-8def-0123456789a", "0123abcd-4567-4abc-8def-0123456789é",
        "+123abcd-4567-4abc-8def-0123456789ab",
    ])
    func `any other text is refused`(text: String) {
        #expect(UUID(parsing: text.utf8) == nil)
    }

    @Test(arguments: [0, 15, 17])
    func `any other number of octets is refused`(count: Int) {
        #expect(UUID(octets: [UInt8](repeating: 1, count: count)) == nil)
    }
}
