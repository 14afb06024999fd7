import API
import Crypto
import JSON

/// Header and payload, one line each, with a valid MAC: accepted claims equal those found by another
/// JSON reader, and no bit may change afterwards.
enum ClaimsHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let lines = input.split(
            separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return }
        let signed = Base64URL.encode(lines[0]) + "." + Base64URL.encode(lines[1])
        let token = Array((signed + CorpusKeys.signature(of: signed)).utf8)
        let codec = try CorpusKeys.codec()
        let claims: Claims
        do {
            claims = try codec.verify(token[...], now: CorpusKeys.now)
        } catch {
            return
        }
        try checkHeader(Array(lines[0]))
        try checkPayload(Array(lines[1]), claims)

        var changed = token
        let bit = Int(CRC32.checksum(input)) % (token.count * 8)
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        let taken = try? codec.verify(changed[...], now: CorpusKeys.now)
        try check(taken == nil, "a token taken after bit \(bit) changed")
    }

    private static func checkHeader(_ json: [UInt8]) throws(BrokenProperty) {
        guard let members = try members(json) else { return }
        try check(members["alg"] == .string("HS256"), "another algorithm")
        try check(members["crit"] == nil, "an extension nobody knows")
    }

    private static func checkPayload(_ json: [UInt8], _ claims: Claims) throws(BrokenProperty) {
        try check(claims.expiresAt > CorpusKeys.now, "expired at \(claims.expiresAt)")
        let latest = CorpusKeys.now + Claims.leeway
        for time in [claims.issuedAt, claims.notBefore].compactMap(\.self) {
            try check(time <= latest, "good from \(time) on alone")
        }
        guard let members = try members(json) else { return }
        try check(members["exp"] == .integer(claims.expiresAt), "another exp")
        try check(members["iat"] == claims.issuedAt.map(JSONValue.integer), "another iat")
        try check(members["nbf"] == claims.notBefore.map(JSONValue.integer), "another nbf")
        for (name, id) in [("sub", claims.subject), ("sid", claims.sessionID)] {
            guard case .string(let text) = members[name] else {
                throw BrokenProperty("no text for \(name)")
            }
            try check(UUID(parsing: text.utf8) == id, "another \(name)")
        }
    }

    /// The claims found by the reader of request bodies; nil when its limits differ.
    private static func members(_ json: [UInt8]) throws(BrokenProperty) -> [String: JSONValue]? {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.decode(json)
        } catch {
            try check(
                error.reason != .syntax && error.reason != .encoding,
                "what is no JSON to the other reader")
            return nil
        }
        guard case .object(let members) = value else { throw BrokenProperty("no object") }
        return members
    }
}
