/// Signs and verifies tokens: JWS compact serialisation with HS256 (RFC 7515, RFC 7519).
///
/// Confined to the thread that made it; every thread makes its own from the shared ring.
public final class JWTCodec {
    private final class Signer {
        let key: SigningKey
        let mac: HMACSHA256

        init(_ key: SigningKey) {
            self.key = key
            mac = HMACSHA256(key: key.secret)
        }
    }

    private let current: Signer
    // The current one first.
    private let signers: [Signer]
    private var cache = ClaimsCache()

    /// Prepares the keys of the ring.
    public init(ring: KeyRing) {
        current = Signer(ring.current)
        signers = [current] + ring.previous.map(Signer.init)
    }

    /// The token for `claims`, signed with the current key.
    public func sign(_ claims: Claims, about person: Claims.Person) -> String {
        var token = current.key.header
        token.append(UInt8(ascii: "."))
        Base64.url.append(claims.json(about: person).span, to: &token)
        let code = current.mac.code(for: token.span)
        token.append(UInt8(ascii: "."))
        code.withBytes { Base64.url.append($0, to: &token) }
        return String(decoding: token, as: UTF8.self)
    }

    /// Verifies a token and gives its claims.
    ///
    /// The order is the security argument: nothing of the payload is read before the MAC is verified.
    /// - Parameters:
    ///   - token: Its bytes in the request.
    ///   - now: Seconds since 1970.
    /// - Returns: The claims, whose times are valid now.
    /// - Throws: In the order of the checks `malformed`, `unknownKey`, `badSignature`, `malformed`
    ///   for a payload that is no base64url, `badClaims`, `expired`, `notYetValid`.
    public func verify(_ token: Span<UInt8>, now: Int64) throws(TokenError) -> Claims {
        let claims = try claims(of: token)
        try claims.check(now: now)
        return claims
    }

    /// The claims of a token that one of the keys signed, whether or not its times are valid.
    ///
    /// - Parameter token: Its bytes in the request.
    /// - Returns: The claims.
    /// - Throws: As `verify`, but for the times.
    @inline(__always)
    public func claims(of token: Span<UInt8>) throws(TokenError) -> Claims {
        let parts = try TokenParts(token)
        let code = try verifiedCode(of: token, parts)
        if let known = cache[code] { return known }
        let claims = try withPayload(of: token, parts) { (payload) throws(TokenError) in
            try Claims(payload: payload)
        }
        cache[code] = claims
        return claims
    }

    /// Verifies a token and gives its claims, as for a span.
    ///
    /// - Parameters:
    ///   - token: Its bytes in the request.
    ///   - now: Seconds since 1970.
    /// - Returns: The claims, whose times are valid now.
    /// - Throws: As for a span.
    public func verify(_ token: ArraySlice<UInt8>, now: Int64) throws(TokenError) -> Claims {
        try verify(token.span, now: now)
    }

    /// The MAC of a token, which is the one it carries.
    ///
    /// - Throws: `malformed`, `unknownKey` or `badSignature`.
    func verifiedCode(of token: Span<UInt8>, _ parts: TokenParts) throws(TokenError) -> Digest {
        guard let signature = Base64.url.decodeDigest(token.extracting(parts.signature)) else {
            throw .malformed
        }
        let signer = try signer(for: token.extracting(parts.header))
        let code = signer.mac.code(for: token.extracting(parts.signingInput))
        guard constantTimeEquals(code, signature) else { throw .badSignature }
        return code
    }

    /// Lends the decoded second part of a token whose MAC was verified.
    ///
    /// - Parameters:
    ///   - token: The whole token.
    ///   - parts: The ranges of its parts.
    ///   - body: Takes the payload, which is on the stack.
    /// - Returns: What `body` returns.
    /// - Throws: `malformed`, or what `body` throws.
    func withPayload<Result>(
        of token: Span<UInt8>, _ parts: TokenParts,
        _ body: (Span<UInt8>) throws(TokenError) -> Result
    ) throws(TokenError) -> Result {
        let encoded = token.extracting(parts.payload)
        let capacity = Base64.decodedCount(encoded.count)
        return try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) {
            (payload) throws(TokenError) -> Result in
            guard let start = payload.baseAddress,
                unsafe Base64.url.decode(encoded, into: start)
            else { throw .malformed }
            return try unsafe body(payload.span)
        }
    }

    /// The key that a header names.
    private func signer(for header: Span<UInt8>) throws(TokenError) -> Signer {
        // What this server signed itself needs no parsing.
        for signer in signers where signer.key.hasHeader(header) { return signer }
        guard let json = Base64.url.decode(header) else { throw .malformed }
        guard let kid = try TokenHeader(json: json.span).kid else { return current }
        // By bytes: `==` of strings takes some different ones for equal.
        for signer in signers where signer.key.kid.utf8.elementsEqual(kid.utf8) { return signer }
        throw .unknownKey
    }
}

@available(*, unavailable)
extension JWTCodec: Sendable {}
