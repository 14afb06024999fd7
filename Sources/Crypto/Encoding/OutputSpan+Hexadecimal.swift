/// Hexadecimal text in lower case; the span must have capacity for it.
extension OutputSpan<UInt8> {
    /// Appends a number without leading zeros, at most 16 bytes.
    public mutating func append(hexadecimal number: UInt64) {
        let digits = Swift.max(1, (67 - number.leadingZeroBitCount) / 4)
        append(hexadecimal: number, from: 0, to: 4 * digits)
    }

    /// Appends the form of 36 characters.
    public mutating func append(_ id: UUID) {
        append(hexadecimal: id.high, from: 32, to: 64)
        append(UInt8(ascii: "-"))
        append(hexadecimal: id.high, from: 16, to: 32)
        append(UInt8(ascii: "-"))
        append(hexadecimal: id.high, from: 0, to: 16)
        append(UInt8(ascii: "-"))
        append(hexadecimal: id.low, from: 48, to: 64)
        append(UInt8(ascii: "-"))
        append(hexadecimal: id.low, from: 0, to: 48)
    }

    /// Appends the digits of some bits of a number, leading zeros included.
    ///
    /// Inlined, because most of what is appended there has a constant length.
    @inline(__always)
    private mutating func append(hexadecimal number: UInt64, from low: Int, to high: Int) {
        var shift = high
        while shift > low {
            shift &-= 4
            append(Hex.digit(UInt8(truncatingIfNeeded: number &>> shift) & 0xF))
        }
    }
}
