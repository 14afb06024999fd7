import Crypto

/// The query of a request-target, as `application/x-www-form-urlencoded`.
enum Query {
    /// The values of a name, in order; a malformed escape stands for itself.
    static func values(of name: String, in query: ArraySlice<UInt8>?) -> [String] {
        pairs(in: query ?? []).filter { $0.name == name }.map(\.value)
    }

    /// All names and values, in order; a malformed escape stands for itself.
    static func pairs(in text: ArraySlice<UInt8>) -> [(name: String, value: String)] {
        text.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = Hex.decode(rest.prefix(2))?.first
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
