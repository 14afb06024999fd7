/// The quoted-printable transfer encoding (RFC 2045 §6.7).
enum QuotedPrintable {
    /// Encodes a text.
    ///
    /// - Returns: ASCII in lines of at most 76 characters, ended by CRLF where the text has an end
    ///   of a line.
    static func encode(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { encode(line: Array($0.utf8)) }
            .joined(separator: "\r\n")
    }

    private static func encode(line: [UInt8]) -> String {
        var output = ""
        var column = 0
        for (position, byte) in line.enumerated() {
            let isLast = position == line.count - 1
            if column + (isLiteral(byte, isLast: isLast) ? 1 : 3) > 75 {
                output += "=\r\n"
                column = 0
            }
            // A full stop at the beginning of a line ends the mail in the eyes of SMTP, unless
            // everybody on the way remembers to double it.
            if isLiteral(byte, isLast: isLast), column > 0 || byte != UInt8(ascii: ".") {
                output.unicodeScalars.append(Unicode.Scalar(byte))
                column += 1
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                output += (digits.utf8.count == 1 ? "=0" : "=") + digits
                column += 3
            }
        }
        return output
    }

    private static func isLiteral(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
        default: (0x21...0x7E).contains(byte)
        }
    }
}
