package import Auth

/// Where a browser may be sent once it has signed in: one origin, or all hosts below one.
package struct ReturnOrigin: Sendable, Equatable {
    private let origin: Origin
    private let isAnyBelow: Bool

    /// Reads `https://app.example.org`, or `https://*.example.org` for every name below; nil for
    /// anything else.
    ///
    /// What is below has at least two labels, or it would be half of the internet.
    package init?(_ text: String) {
        let plain = text.replacing("://*.", with: "://", maxReplacements: 1)
        guard let origin = Origin(plain) else { return nil }
        self.origin = origin
        isAnyBelow = plain != text
        guard !isAnyBelow || origin.host.contains(".") else { return nil }
    }

    /// The one origin; nil where it is all hosts below one.
    package var exactOrigin: Origin? { isAnyBelow ? nil : origin }

    /// Whether an origin is one of these: scheme and port count, too.
    package func includes(_ other: Origin) -> Bool {
        guard isAnyBelow else { return other == origin }
        return other.isSecure == origin.isSecure && other.port == origin.port
            && other.host != origin.host && other.isWithin(domain: origin.host)
    }
}

extension ReturnOrigin: CustomStringConvertible {
    /// The text that `init(_:)` reads.
    package var description: String {
        isAnyBelow
            ? "\(origin)".replacing("://", with: "://*.", maxReplacements: 1) : "\(origin)"
    }
}
