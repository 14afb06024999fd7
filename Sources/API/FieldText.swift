extension ArraySlice<UInt8> {
    /// Without spaces and tabs at either end (OWS, RFC 9110 §5.6.3).
    var trimmingOWS: ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return rest
    }

    /// Whether the bytes are this ASCII text, whatever the case of its letters.
    func equalsIgnoringCase(_ text: String) -> Bool {
        count == text.utf8.count
            && zip(self, text.utf8).allSatisfy { Self.lowercased($0) == Self.lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
