import Crypto
import Testing

@Suite struct CRC32Tests {
    /// The check value of the catalogue of CRCs (CRC-32/ISO-HDLC), and the test suite of RFC 1321
    /// §A.5 as zlib and POSIX tools sum it up.
    @Test(
        arguments: [
            ("123456789", 0xCBF4_3926), ("", 0), ("a", 0xE8B7_BE43), ("abc", 0x3524_41C2),
            ("message digest", 0x2015_9D7F), ("abcdefghijklmnopqrstuvwxyz", 0x4C27_50BD),
            (String(repeating: "1234567890", count: 8), 0x7CA9_4A72),
        ] as [(String, UInt32)])
    func `the published messages have the published checksums`(text: String, published: UInt32) {
        #expect(CRC32.checksum(text.utf8) == published)
    }

    @Test func `every single bit counts`() {
        let message = Array("luna_".utf8)
        let checksum = CRC32.checksum(message)
        for bit in 0..<message.count * 8 {
            var changed = message
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(CRC32.checksum(changed) != checksum)
        }
    }
}
