import HTTP

/// The `Forwarded` field (RFC 7239).
enum Forwarded {
    /// What it says, nearest hop last.
    struct Hops: Equatable {
        /// An address a hop; nil where it is malformed or withheld.
        var addresses: [IPAddress?] = []
        /// Whether the nearest hop was reached over https.
        var isSecure = false
    }

    static func hops(of request: Request) -> Hops {
        var hops = Hops()
        for line in request.values(of: .forwarded) {
            for element in split(line, at: UInt8(ascii: ",")) {
                let (address, isSecure) = hop(element)
                hops.addresses.append(address)
                hops.isSecure = isSecure
            }
        }
        return hops
    }

    /// One element: pairs between semicolons (§4).
    ///
    /// A repeated or malformed pair spoils the address: with a quotation that begins in a name, a client
    /// could have what its proxy appends taken for a value of its own.
    private static func hop(_ element: ArraySlice<UInt8>) -> (IPAddress?, isSecure: Bool) {
        var node: [UInt8]?
        var isSecure = false
        var seen: Set<[UInt8]> = []
        for pair in split(element, at: UInt8(ascii: ";")) where !pair.trimmingOWS.isEmpty {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                !pair[..<equals].contains(UInt8(ascii: "\"")),
                let value = unquoted(pair[(equals + 1)...].trimmingOWS)
            else { return (nil, false) }
            let name = pair[..<equals].trimmingOWS
            guard seen.insert(name.map { $0 | 0x20 }).inserted else { return (nil, false) }
            if name.equalsIgnoringCase("for") { node = value }
            if name.equalsIgnoringCase("proto") {
                isSecure = value[...].equalsIgnoringCase("https")
            }
        }
        return (node.flatMap { HopAddress.parse($0[...]) }, isSecure)
    }

    /// A token unchanged, a quoted-string without its quotes and escapes (RFC 9110 §5.6.4); nil
    /// when it is malformed.
    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.first == UInt8(ascii: "\"") else {
            return text.contains(UInt8(ascii: "\"")) ? nil : Array(text)
        }
        guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return nil }
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text.dropFirst().dropLast() {
            if isEscaped || byte != UInt8(ascii: "\\") {
                guard isEscaped || byte != UInt8(ascii: "\"") else { return nil }
                value.append(byte)
                isEscaped = false
            } else {
                isEscaped = true
            }
        }
        return isEscaped ? nil : value
    }

    /// Splits at a separator that does not stand inside a quoted-string.
    private static func split(
        _ text: ArraySlice<UInt8>, at separator: UInt8
    ) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for (index, byte) in zip(text.indices, text) {
            if isEscaped {
                isEscaped = false
            } else if isQuoted && byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator && !isQuoted {
                parts.append(text[start..<index])
                start = index + 1
            }
        }
        return parts + [text[start...]]
    }
}
