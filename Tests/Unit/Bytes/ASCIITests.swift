import Bytes
import Testing

@Suite struct ASCIITests {
    @Test func `every byte is classified as in ASCII`() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(Unicode.Scalar(byte))
            let isASCII = byte < 0x80
            #expect(byte.isDigit == (isASCII && character.isNumber))
            #expect(byte.isLetter == (isASCII && character.isLetter))
            #expect(byte.decimalDigit == (isASCII ? character.wholeNumberValue : nil))
            #expect(byte.hexadecimalDigit == (isASCII ? character.hexDigitValue : nil))
            let lower = isASCII ? character.lowercased().utf8.first : byte
            #expect(byte.lowercased == lower)
        }
    }
}
