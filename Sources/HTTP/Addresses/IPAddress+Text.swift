import Bytes

extension IPAddress: CustomStringConvertible {
    /// Parses an address: four decimal octets, or IPv6 as in RFC 4291 §2.2.
    ///
    /// Nothing else is accepted: no leading zero in an octet (some parsers read it as octal), no
    /// missing octet, no zone, no brackets, no white space.
    public init?(parsing text: Span<UInt8>) {
        if let bits = Self.parseV4(text) {
            self = .v4(bits)
        } else if let address = Self.parseV6(text) {
            self = address
        } else {
            return nil
        }
    }

    /// Parses an address in the same way.
    public init?(parsing text: some Collection<UInt8>) {
        guard let address = withSpan(of: text, { Self(parsing: $0) }) else { return nil }
        self = address
    }

    /// The canonical text (RFC 5952).
    public var description: String {
        switch self {
        case .v4(let bits):
            return "\(bits >> 24).\(bits >> 16 & 0xFF).\(bits >> 8 & 0xFF).\(bits & 0xFF)"
        case .v6(let high, let low):
            let groups = (0..<8).map { index in
                (index < 4 ? high : low) >> (48 - index % 4 * 16) & 0xFFFF
            }
            let zeros = Self.longestZeroRun(of: groups)
            let texts = groups.map { String($0, radix: 16) }
            if zeros.isEmpty { return texts.joined(separator: ":") }
            return texts[..<zeros.lowerBound].joined(separator: ":") + "::"
                + texts[zeros.upperBound...].joined(separator: ":")
        }
    }

    /// The first of the longest runs of two or more groups that are zero (RFC 5952 §4.2.2,
    /// §4.2.3); empty without one.
    private static func longestZeroRun(of groups: [UInt64]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            let run = start..<index + 1
            if run.count > max(longest.count, 1) { longest = run }
        }
        return longest
    }

    /// Parses four decimal octets.
    private static func parseV4(_ text: Span<UInt8>) -> UInt32? {
        var bits: UInt32 = 0
        var index = 0
        for octet in 0..<4 {
            if octet > 0 {
                guard index < text.count, text[index] == UInt8(ascii: ".") else { return nil }
                index += 1
            }
            let start = index
            while index < text.count, index - start < 3, text[index].isDigit { index += 1 }
            guard
                let value = Decimal.parse(
                    text.extracting(start..<index), leadingZeros: .refused), value <= 255
            else { return nil }
            bits = bits << 8 | UInt32(value)
        }
        return index == text.count ? bits : nil
    }

    /// Parses groups of hexadecimal digits, at most one `::`, possibly an IPv4 address at the end.
    static func parseV6(_ text: Span<UInt8>) -> IPAddress? {
        var groups = InlineArray<8, UInt64>(repeating: 0)
        var count = 0
        // The number of groups before `::`.
        var gap: Int?
        var index = 0
        if text.count >= 2, text[0] == .colon, text[1] == .colon {
            gap = 0
            index = 2
        }
        while index < text.count {
            let start = index
            var group = 0
            while index < text.count, index - start < 4, let digit = text[index].hexadecimalDigit {
                group = group << 4 | digit
                index += 1
            }
            guard index > start, count < 8 else { return nil }
            if index < text.count, text[index] == UInt8(ascii: ".") {
                guard count < 7, let bits = parseV4(text.extracting(start...)) else { return nil }
                groups[count] = UInt64(bits >> 16)
                groups[count + 1] = UInt64(bits & 0xFFFF)
                count += 2
                break
            }
            groups[count] = UInt64(group)
            count += 1
            if index == text.count { break }
            guard text[index] == .colon, index + 1 < text.count else { return nil }
            index += 1
            if text[index] == .colon {
                guard gap == nil else { return nil }
                gap = count
                index += 1
            }
        }
        // `::` represents at least one group.
        guard count == 8 ? gap == nil : gap != nil else { return nil }

        var (high, low): (UInt64, UInt64) = (0, 0)
        let zeros = 8 - count
        for position in 0..<8 {
            var group: UInt64 = 0
            if position < gap ?? 8 {
                group = groups[position]
            } else if position >= (gap ?? 8) + zeros {
                group = groups[position - zeros]
            }
            high = high << 16 | low >> 48
            low = low << 16 | group
        }
        return IPAddress(high: high, low: low)
    }
}
