import Bytes
import Testing

@Suite struct DecimalTests {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("007", 7), ("65535", 65_535), ("9223372036854775807", Int.max),
        ("0000000000000000001", 1),
    ])
    func `digits are read`(text: String, number: Int) {
        #expect(Decimal.parse(text.utf8) == number)
    }

    @Test(arguments: [
        "", "+1", "-1", " 1", "1 ", "1_000", "1,000", "1.0", "1e3", "0x1", "a", "1a", "\u{661}",
        "/",
        ":", "1\u{0}",
    ])
    func `anything but digits is refused`(text: String) {
        #expect(Decimal.parse(text.utf8) == nil)
    }

    @Test(arguments: [
        "9223372036854775808", "9999999999999999999", "10000000000000000000",
        "18446744073709551617", "00000000000000000001", String(repeating: "1", count: 100_000),
    ])
    func `a number beyond an Int or 19 digits is refused`(text: String) {
        #expect(Decimal.parse(text.utf8) == nil)
        #expect(Decimal.parse(text.utf8, maximumDigits: .max) == nil)
    }

    @Test func `the number of digits is bounded, zeros in front included`() {
        #expect(Decimal.parse("99999".utf8, maximumDigits: 5) == 99_999)
        #expect(Decimal.parse("000001".utf8, maximumDigits: 5) == nil)
    }

    @Test func `zeros in front are refused where a number has one form`() {
        #expect(Decimal.parse("0".utf8, leadingZeros: .refused) == 0)
        #expect(Decimal.parse("10".utf8, leadingZeros: .refused) == 10)
        for text in ["00", "01", "010"] {
            #expect(Decimal.parse(text.utf8, leadingZeros: .refused) == nil)
        }
    }
}
