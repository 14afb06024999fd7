/// Escapes text for HTML (OWASP, CWE-79).
public enum HTMLEscaping {
    /// Text that is nothing but text, between tags and in quoted attributes.
    public static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends text that is nothing but text, in UTF-8.
    ///
    /// Scalar by scalar: a quote with an accent on it is one Character and not equal to a quote, but a
    /// browser reads two. What no document may contain (WHATWG HTML §13.2.3.5: control characters and
    /// noncharacters) becomes U+FFFD.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            case 0x22: bytes.append(contentsOf: "&quot;".utf8)
            case 0x27: bytes.append(contentsOf: "&#39;".utf8)
            case 0x20...0x7E, 0x09, 0x0A, 0x0C, 0x0D: bytes.append(UInt8(scalar.value))
            case ..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF:
                bytes.append(contentsOf: "\u{FFFD}".utf8)
            case let value where value & 0xFFFE == 0xFFFE:
                bytes.append(contentsOf: "\u{FFFD}".utf8)
            default: bytes.append(contentsOf: scalar.utf8)
            }
        }
    }
}
