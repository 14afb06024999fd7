import Bytes
package import HTTP

/// The media type that a client prefers (RFC 9110 §12.5.1).
package enum Accept {
    /// Whether a page is preferred to JSON, as a browser that navigates does.
    package static func prefersHTML(_ request: Request) -> Bool {
        let ranges = request.values(of: .accept).flatMap { line in
            line.split(separator: UInt8(ascii: ",")).map(MediaRange.init)
        }
        return quality(of: "text/html", "text/*", in: ranges)
            > quality(of: "application/json", "application/*", in: ranges)
    }

    /// The weight of a media type in thousandths: the most specific range decides.
    private static func quality(of type: String, _ group: String, in ranges: [MediaRange]) -> Int {
        for wanted in [type, group, "*/*"] {
            if let range = ranges.first(where: { $0.type.equalsIgnoringCase(wanted) }) {
                return range.quality
            }
        }
        return 0
    }

    private struct MediaRange {
        let type: ArraySlice<UInt8>
        let quality: Int

        init(_ text: ArraySlice<UInt8>) {
            let parts = text.split(separator: UInt8(ascii: ";"))
            type = parts.first?.trimmingOWS ?? []
            quality =
                parts.dropFirst().lazy.map(\.trimmingOWS)
                .first { $0.prefix(2).equalsIgnoringCase("q=") }
                .map { Self.thousandths($0.dropFirst(2)) } ?? 1_000
        }

        /// `0`, `1`, or a decimal with up to three digits; anything else counts as nothing.
        private static func thousandths(_ text: ArraySlice<UInt8>) -> Int {
            let digits = text.filter { $0 != UInt8(ascii: ".") }
            guard let value = Decimal.parse(digits, maximumDigits: 4),
                text.count - digits.count <= 1,
                text.count == 1 || text.dropFirst().first == UInt8(ascii: ".")
            else { return 0 }
            return min(1_000, [1_000, 100, 10, 1][digits.count - 1] * value)
        }
    }
}
