package import Auth

/// Where a browser may go on once a person has signed in: the public site, and what the operator lists.
package struct ReturnOrigins: Sendable, Equatable {
    private let origins: [ReturnOrigin]

    /// The most bytes of an address to return to: proxies limit the head of a response, nginx to 4 KiB.
    package static let maximumAddressBytes = 2_048

    /// The listed origins, beside the public site.
    package init(_ origins: [ReturnOrigin] = []) {
        self.origins = origins
    }

    /// Whether a browser may be sent to an origin.
    package func allows(_ origin: Origin, website: Origin) -> Bool {
        origin == website || origins.contains { $0.includes(origin) }
    }
}
