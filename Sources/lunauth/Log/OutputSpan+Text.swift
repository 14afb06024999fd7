import Bytes
import HTTP

/// Text of values that contain nothing from a client; the span must have capacity for it.
extension OutputSpan<UInt8> {
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
}
