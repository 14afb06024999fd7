/// The most common passwords, refused for new ones.
enum CommonPasswords {
    /// Whether the list holds this password, whatever the case of its letters.
    static func contains(_ password: String) -> Bool {
        let wanted = Array(password.asciiLowercased.utf8)
        guard !wanted.isEmpty, !wanted.contains(where: { $0 <= 0x20 || $0 > 0x7E }) else {
            return false
        }
        let list = entries.utf8Span.span
        var (low, high) = (0, list.count)
        while low < high {
            let entry = self.entry(around: (low + high) / 2, of: list)
            if entry.isEmpty { return false }
            switch order(wanted, list, entry) {
            case 0: return true
            case ..<0: high = entry.lowerBound
            default: low = min(entry.upperBound + 1, high)
            }
        }
        return false
    }

    /// The entry that the byte at this position, or the separator before it, belongs to.
    private static func entry(around position: Int, of list: Span<UInt8>) -> Range<Int> {
        var (start, end) = (position, position)
        while start > 0 && list[start - 1] > 0x20 { start -= 1 }
        while end < list.count && list[end] > 0x20 { end += 1 }
        return start..<end
    }

    /// Negative, zero or positive as `wanted` stands before, at or after the entry.
    private static func order(_ wanted: [UInt8], _ list: Span<UInt8>, _ entry: Range<Int>) -> Int {
        for (position, byte) in wanted.enumerated() {
            guard position < entry.count else { return 1 }
            let other = list[entry.lowerBound + position]
            if byte != other { return byte < other ? -1 : 1 }
        }
        return wanted.count == entry.count ? 0 : -1
    }
}
