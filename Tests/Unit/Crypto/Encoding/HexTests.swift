import Crypto
import Testing

@Suite struct HexTests {
    @Test func `every byte survives the way there and back`() {
        let bytes = [UInt8](0...255)
        let text = Hex.encode(bytes)
        #expect(text.hasPrefix("000102"))
        #expect(text.hasSuffix("fdfeff"))
        #expect(Hex.decode(text.utf8) == bytes)
        #expect(Hex.decode(text.uppercased().utf8) == bytes)
    }

    @Test func `nothing is nothing`() {
        #expect(Hex.encode([]) == "")
        #expect(Hex.decode([]) == [])
    }

    @Test(arguments: [
        "0", "000", "0g", "g0", " 00", "00 ", "0 0", "0x00", "00\n", "-1", "+1", "0\u{0}", "é",
    ])
    func `anything but pairs of digits is refused`(text: String) {
        #expect(Hex.decode(text.utf8) == nil)
    }

    @Test func `only 22 bytes are digits`() {
        let digits = Set("0123456789abcdefABCDEF".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect((Hex.decode([UInt8(ascii: "0"), byte]) != nil) == digits.contains(byte))
        }
    }
}
