package import HTTP

/// The media type that a client prefers (RFC 9110 §12.5.1).
package enum Accept {
    /// Whether a page is preferred to JSON, as a browser that navigates does.
    package static func prefersHTML(_ request: Request) -> Bool {
        let ranges = WeightedItem.list(.accept, of: request)
        return quality(of: "text/html", "text/*", in: ranges)
            > quality(of: "application/json", "application/*", in: ranges)
    }

    /// The weight of a media type in thousandths: the most specific range decides.
    private static func quality(of type: String, _ group: String, in ranges: [WeightedItem]) -> Int
    {
        for wanted in [type, group, "*/*"] {
            if let range = ranges.first(where: { $0.value.equalsIgnoringCase(wanted) }) {
                return range.weight
            }
        }
        return 0
    }
}
