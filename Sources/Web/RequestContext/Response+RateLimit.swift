import Auth
package import HTTP

extension Response {
    /// The fields of a response to a request that counted against the limit of its caller's tier.
    package static let rateLimitFields: [StaticString] = [
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
    ]

    /// Says what the caller may still do.
    mutating func add(_ allowance: Allowance) {
        fields.add(Self.rateLimitFields[0], String(allowance.limit))
        fields.add(Self.rateLimitFields[1], String(allowance.remaining))
        fields.add(Self.rateLimitFields[2], String(allowance.resetSeconds))
    }
}
