import HTTP

extension UnreadableInput {
    /// The input as the log tells it.
    var logged: AccessLogEntry.Input {
        AccessLogEntry.Input(client: peer.address, start: shownStart)
    }

    /// How it begins, in visible ASCII that needs no quotes.
    ///
    /// Where it looks like a request, nothing is shown of its query and its fields, which may hold a
    /// token.
    private var shownStart: String {
        var shown = start[...]
        let looksLikeRequest =
            start.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
        let ends = [UInt8(ascii: "?"), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        if looksLikeRequest, let end = start.firstIndex(where: ends.contains) {
            shown = start[...end]
        }
        var text = ""
        for byte in shown {
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "="):
                text += Self.escaped(byte)
            case 0x21...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += Self.escaped(byte)
            }
        }
        return text
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
}
