import Crypto
import HTTP

/// Text of values that contain nothing from a client; the span must have capacity for it.
///
/// What loops over bytes is inlined: its callers are the hottest of the log, and most of their
/// bytes are constants.
extension OutputSpan<UInt8> {
    /// Appends a literal.
    @inline(__always)
    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { unsafe append(copying: $0.span) }
    }

    /// Appends bytes.
    @inline(__always)
    mutating func append(copying bytes: Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }

    /// Appends a number, at most 20 bytes.
    mutating func append(decimal number: UInt64) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// Appends milliseconds with three decimals, at most 21 bytes.
    mutating func append(milliseconds microseconds: UInt64) {
        append(decimal: microseconds / 1_000)
        append(UInt8(ascii: "."))
        let fraction = microseconds % 1_000
        append(decimal: fraction / 100)
        append(decimal: fraction / 10 % 10)
        append(decimal: fraction % 10)
    }

    /// Appends an address, at most 39 bytes, or `local` for none.
    mutating func append(_ address: IPAddress?) {
        switch address {
        case .v4(let bits):
            append(decimal: UInt64(bits >> 24))
            append(UInt8(ascii: "."))
            append(decimal: UInt64(bits >> 16 & 0xFF))
            append(UInt8(ascii: "."))
            append(decimal: UInt64(bits >> 8 & 0xFF))
            append(UInt8(ascii: "."))
            append(decimal: UInt64(bits & 0xFF))
        case .v6(let high, let low):
            append(copying: IPAddress(high: high, low: low).description.utf8Span.span)
        case nil: append("local")
        }
    }

    /// Appends the 36 character form.
    mutating func append(_ id: UUID) {
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
    @inline(__always)
    private mutating func append(hexadecimal number: UInt64, from low: Int, to high: Int) {
        var shift = high
        while shift > low {
            shift &-= 4
            let digit = UInt8(truncatingIfNeeded: number &>> shift) & 0xF
            append(digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") &- 10))
        }
    }
}
