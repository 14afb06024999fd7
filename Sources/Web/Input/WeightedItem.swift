import Bytes
package import HTTP

/// One element of a list of what a client accepts, with its weight (RFC 9110 §12.4.2).
package struct WeightedItem {
    /// The element without its parameters.
    package let value: ArraySlice<UInt8>
    /// How much it is wanted, in thousandths; 0 is refused, and so is a malformed weight.
    package var weight: Int { statedWeight ?? 0 }
    /// The weight; nil for a malformed one.
    let statedWeight: Int?

    /// The elements of all lines of a field, in their order.
    package static func list(_ name: FieldName, of request: Request) -> [WeightedItem] {
        request.values(of: name).flatMap { line in
            line.split(separator: UInt8(ascii: ",")).map(WeightedItem.init)
        }
    }

    private init(_ text: ArraySlice<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        value = parts.first?.trimmingOWS ?? []
        let stated = parts.dropFirst().lazy.map(\.trimmingOWS)
            .first { $0.prefix(2).equalsIgnoringCase("q=") }
        statedWeight = if let stated { Self.thousandths(stated.dropFirst(2)) } else { 1_000 }
    }

    /// `0`, `1`, or a decimal with up to three digits; nil for anything else.
    private static func thousandths(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.filter { $0 != UInt8(ascii: ".") }
        guard let value = Decimal.parse(digits, maximumDigits: 4),
            text.count - digits.count <= 1,
            text.count == 1 || text.dropFirst().first == UInt8(ascii: ".")
        else { return nil }
        return min(1_000, [1_000, 100, 10, 1][digits.count - 1] * value)
    }
}
