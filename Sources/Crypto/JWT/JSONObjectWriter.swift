/// Writes one JSON object of strings and integers, without white space (RFC 8259).
struct JSONObjectWriter {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// Starts an empty object.
    init() {
        bytes.reserveCapacity(256)
    }

    /// Appends a member.
    mutating func append(_ name: String, _ value: String) {
        append(name: name)
        appendString(value)
    }

    /// Appends a member.
    mutating func append(_ name: String, _ value: Int64) {
        append(name: name)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// The bytes of the whole object.
    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private mutating func append(name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        appendString(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Appends a string; only what must be escaped is (RFC 8259 §7).
    private mutating func appendString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Hex.digit(byte >> 4))
                bytes.append(Hex.digit(byte & 0xF))
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
