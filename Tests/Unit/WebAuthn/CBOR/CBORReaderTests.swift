import Testing

@testable import WebAuthn

/// Items as RFC 8949 (appendix A) prints them, and what is not read.
@Suite struct CBORReaderTests {
    @Test(
        arguments: [
            ([0x00], .integer(0)), ([0x17], .integer(23)), ([0x18, 0x18], .integer(24)),
            ([0x19, 0x03, 0xE8], .integer(1_000)),
            ([0x1A, 0, 0x0F, 0x42, 0x40], .integer(1_000_000)),
            ([0x1B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .integer(.max)),
            ([0x20], .integer(-1)), ([0x38, 0x63], .integer(-100)),
            ([0x39, 0x01, 0], .integer(-257)),
            ([0x3B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .integer(.min)),
            ([0x40], .bytes(1..<1)), ([0x42, 1, 2], .bytes(1..<3)), ([0x58, 1, 2], .bytes(2..<3)),
            ([0x60], .text(1..<1)), ([0x62, 0xC3, 0xBC], .text(1..<3)),
            ([0x80], .array(0)), ([0x81, 0], .array(1)), ([0xA0], .map(0)), ([0xA1, 0], .map(1)),
            ([0xF4], .simple), ([0xF6], .simple), ([0xF7], .simple), ([0xF9, 0x7C, 0], .simple),
            ([0xFB, 0x3F, 0xF1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], .simple),
        ] as [([UInt8], CBORItem)])
    func `an item is read`(bytes: [UInt8], item: CBORItem) throws {
        var reader = CBORReader(bytes)
        #expect(try reader.next() == item)
        for count in 0..<bytes.count {
            var cut = CBORReader(Array(bytes.prefix(count)))
            #expect(throws: CBORError.malformed) { try cut.next() }
        }
    }

    @Test(
        arguments: [
            // Numbers that do not fit.
            [0x1B, 0x80, 0, 0, 0, 0, 0, 0, 0], [0x1B] + [UInt8](repeating: 0xFF, count: 8),
            [0x3B, 0x80, 0, 0, 0, 0, 0, 0, 0], [0x3B] + [UInt8](repeating: 0xFF, count: 8),
            // Longer than what is there.
            [0x5B] + [UInt8](repeating: 0xFF, count: 8),
            [0x5B, 0x7F] + [UInt8](repeating: 0xFF, count: 7),
            [0x7B] + [UInt8](repeating: 0xFF, count: 8), [0x42, 1], [0x81], [0xA1],
            [0x9B] + [UInt8](repeating: 0xFF, count: 8),
            [0xBB] + [UInt8](repeating: 0xFF, count: 8),
            // Indefinite lengths, tags, reserved heads, a text that is no UTF-8.
            [0x5F, 0x41, 1, 0xFF], [0x7F, 0xFF], [0x9F, 0xFF], [0xBF, 0xFF], [0xFF], [0xC0, 0],
            [0x1C], [0x3D], [0x5E], [0xFE], [0xF8, 0x18], [0x61, 0xFF], [0x62, 0xC3, 0x28],
        ] as [[UInt8]])
    func `what is not read`(bytes: [UInt8]) {
        var reader = CBORReader(bytes)
        #expect(throws: CBORError.malformed) { try reader.next() }
    }

    @Test func `arrays and maps have up to 64 elements`() throws {
        for major in [4, 5] as [UInt8] {
            let room = [UInt8](repeating: 0, count: 200)
            var most = CBORReader(CBORValue.head(major, 64) + room)
            #expect(try most.next() == (major == 4 ? .array(64) : .map(64)))
            var more = CBORReader(CBORValue.head(major, 65) + room)
            #expect(throws: CBORError.malformed) { try more.next() }
        }
    }

    @Test func `a map is passed whole, three levels of others in it`() throws {
        let nested = CBORValue.array([.array([.map([]), .text("a")])])
        let map = CBORValue.map([(.text("a"), nested), (.text("b"), .integer(1))]).encoded
        var reader = CBORReader(map + [7])
        #expect(try reader.skipMap() == 2)
        #expect(!reader.isAtEnd)
        #expect(try reader.next() == .integer(7))
        #expect(reader.isAtEnd)
        var deeper = CBORReader(CBORValue.map([(.text("a"), .array([nested]))]).encoded)
        #expect(throws: CBORError.malformed) { try deeper.skipMap() }
    }

    @Test func `no name is there twice, nor in a map inside`() {
        let twice = CBORValue.map([(.integer(1), .integer(1)), (.integer(1), .integer(2))])
        for map in [twice, .map([(.integer(1), twice)]), .map([(twice, .integer(1))])] {
            var reader = CBORReader(map.encoded)
            #expect(throws: CBORError.malformed) { try reader.skipMap() }
        }
    }
}
