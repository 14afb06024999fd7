/// Decimal numbers from outside: ports, lengths, counts, settings.
///
/// `Int(String)` also reads a sign and is bounded by nothing but its type; this reads digits only,
/// and how many there may be is checked before any arithmetic.
public enum Decimal {
    /// The most digits that are read: with one more, a product could overflow.
    public static let maximumDigits = 19

    /// Whether a number may begin with zeros that do not count.
    public enum LeadingZeros: Sendable {
        /// `007` is 7.
        case ignored
        /// A number has one form: `7`; zero is `0`.
        case refused
    }

    /// Reads a number that is nothing but digits.
    ///
    /// - Parameters:
    ///   - text: The digits.
    ///   - maximumDigits: How many there may be, zeros in front included; at most 19.
    ///   - leadingZeros: What becomes of zeros in front.
    /// - Returns: The number; nil for no digits, for too many, for any other byte, and for what is no
    ///   `Int`.
    public static func parse(
        _ text: Span<UInt8>, maximumDigits: Int = Self.maximumDigits,
        leadingZeros: LeadingZeros = .ignored
    ) -> Int? {
        guard !text.isEmpty, text.count <= min(maximumDigits, Self.maximumDigits) else {
            return nil
        }
        if leadingZeros == .refused, text.count > 1, text[0] == UInt8(ascii: "0") { return nil }
        var number: UInt64 = 0
        for index in text.indices {
            guard let digit = text[index].decimalDigit else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return Int(exactly: number)
    }

    /// Reads a number that is nothing but digits, as for a span.
    ///
    /// - Parameters:
    ///   - text: The digits.
    ///   - maximumDigits: How many there may be, zeros in front included; at most 19.
    ///   - leadingZeros: What becomes of zeros in front.
    /// - Returns: The number; nil for anything else.
    @inlinable
    public static func parse(
        _ text: some Collection<UInt8>, maximumDigits: Int = Self.maximumDigits,
        leadingZeros: LeadingZeros = .ignored
    ) -> Int? {
        withSpan(of: text) { text in
            parse(text, maximumDigits: maximumDigits, leadingZeros: leadingZeros)
        }
    }
}
