/// The cyclic redundancy check of ISO/IEC 3309, as in gzip (RFC 1952 §8): finds typing errors, protects
/// nothing.
public enum CRC32 {
    /// The checksum of `bytes`, computed bit by bit: what it is used for is short.
    public static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { checksum, byte in
            (0..<8).reduce(checksum ^ UInt32(byte)) { register, _ in
                register >> 1 ^ (register & 1 == 1 ? 0xEDB8_8320 : 0)
            }
        }
    }
}
