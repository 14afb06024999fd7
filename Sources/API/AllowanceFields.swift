import Auth
import HTTP

extension Response {
    /// Says what the caller may still do.
    mutating func add(_ allowance: Allowance) {
        fields.add("X-RateLimit-Limit", String(allowance.limit))
        fields.add("X-RateLimit-Remaining", String(allowance.remaining))
        fields.add("X-RateLimit-Reset", String(allowance.resetSeconds))
    }
}
