import Bytes

/// What is asked of most bytes of a head, eight at a time in one register (Lamport, "Multiple Byte Processing with
/// Full-Word Instructions", 1975).
extension Span<UInt8> {
    /// The end of the run of field content that begins at a position; field values are most of a head.
    func endOfFieldContent(from start: Int) -> Int {
        var index = start
        while index < count {
            if count - index >= 32, areFieldContent(from: index) {
                index += 32
                continue
            }
            if count - index >= 8 {
                let controls = word(at: index).controlBytes
                if controls == 0 {
                    index += 8
                    continue
                }
                index += controls.trailingZeroBitCount / 8
            }
            guard self[index].isFieldContent else { return index }
            index += 1
        }
        return index
    }

    /// Whether one of these bytes is a control character, a tab included.
    var containsControl: Bool {
        guard count >= 8 else { return indices.contains { self[$0] < 0x20 || self[$0] == 0x7F } }
        // The last word may overlap the one before it.
        var controls = word(at: count - 8).controlBytes
        var index = 0
        while index < count - 8 {
            controls |= word(at: index).controlBytes
            index += 8
        }
        return controls != 0
    }

    /// The end of the run of tchar that begins at a position; most names have letters and hyphens alone.
    func endOfToken(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let others = word(at: index).bytesButLettersAndHyphens
            guard others == 0 else {
                index += others.trailingZeroBitCount / 8
                break
            }
            index += 8
        }
        while index < count, self[index].isToken { index += 1 }
        return index
    }

    /// The end of the run of visible ASCII (0x21 to 0x7E) that begins at a position.
    func endOfVisible(from start: Int) -> Int {
        var index = start
        while count - index >= 8, word(at: index).isVisible { index += 8 }
        while index < count, 0x21...0x7E ~= self[index] { index += 1 }
        return index
    }

    /// The end of a run of bytes from a position on that are all allowed in a path; there may be more of them behind
    /// it.
    func endOfPlainPath(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let others = word(at: index).bytesButLettersAndDigits
            guard others == 0 else { return index + others.trailingZeroBitCount / 8 }
            index += 8
        }
        return index
    }

    /// Whether these bytes equal the given lower-case text, ignoring the case of ASCII letters.
    func spells(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { spells($0.span) }
    }

    private func spells(_ expected: Span<UInt8>) -> Bool {
        guard count == expected.count else { return false }
        guard count >= 8 else {
            for index in indices where self[index].lowercased != expected[index] { return false }
            return true
        }
        // The last word may overlap the one before it.
        let last = count - 8
        var index = 0
        while index < last {
            guard word(at: index).lowercased == expected.word(at: index) else { return false }
            index += 8
        }
        return word(at: last).lowercased == expected.word(at: last)
    }

    private func areFieldContent(from index: Int) -> Bool {
        word(at: index).controlBytes | word(at: index + 8).controlBytes
            | word(at: index + 16).controlBytes | word(at: index + 24).controlBytes == 0
    }

    /// The eight bytes from a position on, the first one lowest; the caller has checked that they are there.
    private func word(at index: Int) -> UInt64 {
        UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index, as: UInt64.self))
    }
}

extension UInt64 {
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    /// The highest bit of each byte.
    private static var tops: UInt64 { 0x8080_8080_8080_8080 }

    /// The highest bit of the first byte that is below 0x20 or is 0x7F; 0 without one.
    ///
    /// Bits above that one mean nothing: the differences borrow.
    fileprivate var controlBytes: UInt64 {
        let belowSpace = self &- Self.ones &* 0x20
        let isDelete = (self ^ Self.ones &* 0x7F) &- Self.ones
        return (belowSpace | isDelete) & ~self & Self.tops
    }

    /// The highest bit of each byte that is neither an ASCII letter nor a hyphen.
    fileprivate var bytesButLettersAndHyphens: UInt64 {
        let rest = self & ~Self.tops
        let difference = (rest ^ Self.ones &* 0x2D) &+ Self.ones &* 0x7F
        let letters = Self.between(rest | Self.ones &* 0x20, 0x61, 0x7A)
        return (difference & ~letters | self) & Self.tops
    }

    /// The highest bit of each byte that is neither an ASCII letter nor one of `-`, `.`, `/` and the digits.
    fileprivate var bytesButLettersAndDigits: UInt64 {
        let rest = self & ~Self.tops
        let letters = Self.between(rest | Self.ones &* 0x20, 0x61, 0x7A)
        return (~(letters | Self.between(rest, 0x2D, 0x39)) | self) & Self.tops
    }

    /// Whether all bytes are from 0x21 to 0x7E.
    fileprivate var isVisible: Bool {
        let rest = self & ~Self.tops
        return (~Self.between(rest, 0x21, 0x7E) | self) & Self.tops == 0
    }

    /// With the ASCII letters in lower case.
    fileprivate var lowercased: UInt64 {
        let capitals = Self.between(self & ~Self.tops, 0x41, 0x5A) & ~self & Self.tops
        return self | capitals >> 2
    }

    /// The highest bit of each byte that is within bounds; the other bits mean nothing.
    ///
    /// All bytes are below 0x80.
    private static func between(_ bytes: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
        (bytes &+ ones &* (0x80 - first)) & ~(bytes &+ ones &* (0x7F - last))
    }
}
