/// Signs and verifies tokens: JWS compact serialisation with HS256 (RFC 7515, RFC 7519).
///
/// Confined to the thread that made it; every thread makes its own from the shared ring.
public final class JWTCodec {
    private struct Signer {
        let key: SigningKey
        let mac: HMACSHA256

        init(_ key: SigningKey) throws(CryptoError) {
            self.key = key
            mac = try HMACSHA256(key: key.secret)
        }
    }

    private let current: Signer
    // The current one first.
    private let signers: [Signer]

    /// Prepares the keys of the ring.
    ///
    /// - Throws: `unavailable` when OpenSSL gives no HMAC or no memory.
    public init(ring: KeyRing) throws(CryptoError) {
        current = try Signer(ring.current)
        var signers = [current]
        for key in ring.previous { signers.append(try Signer(key)) }
        self.signers = signers
    }

    /// The token for `claims`, signed with the current key.
    public func sign(_ claims: Claims) -> String {
        var token = current.key.header
        token.append(UInt8(ascii: "."))
        Base64.url.append(claims.json.span, to: &token)
        let code = current.mac.code(for: token.span)
        token.append(UInt8(ascii: "."))
        code.withBytes { Base64.url.append($0, to: &token) }
        return String(decoding: token, as: UTF8.self)
    }

    /// Verifies a token and gives its claims.
    ///
    /// The order is the security argument: nothing of the payload is parsed before the MAC holds.
    /// - Parameters:
    ///   - token: As it stands in the request.
    ///   - now: Seconds since 1970.
    /// - Returns: The claims, whose times hold now.
    /// - Throws: In the order of the checks `malformed`, `unknownKey`, `badSignature`, `badClaims`,
    ///   `expired`, `notYetValid`.
    public func verify(_ token: Span<UInt8>, now: Int64) throws(TokenError) -> Claims {
        let payload = try verifiedPayload(of: token)
        let claims = try Claims(payload: payload.span)
        try claims.check(now: now)
        return claims
    }

    /// Verifies a token and gives its claims, as for a span.
    ///
    /// - Parameters:
    ///   - token: As it stands in the request.
    ///   - now: Seconds since 1970.
    /// - Returns: The claims, whose times hold now.
    /// - Throws: As for a span.
    public func verify(
        _ token: some Collection<UInt8>, now: Int64
    ) throws(TokenError) -> Claims {
        try withSpan(of: token) { (token) -> Result<Claims, TokenError> in
            Result { () throws(TokenError) in try verify(token, now: now) }
        }.get()
    }

    /// The payload of a token whose MAC holds, not yet parsed.
    ///
    /// - Parameter token: The whole token.
    /// - Returns: The decoded second part.
    /// - Throws: `malformed`, `unknownKey` or `badSignature`.
    func verifiedPayload(of token: Span<UInt8>) throws(TokenError) -> [UInt8] {
        let parts = try TokenParts(token)
        guard let payload = Base64.url.decode(token.extracting(parts.payload)),
            let signature = Base64.url.decode(token.extracting(parts.signature))
        else { throw .malformed }
        let signer = try signer(for: token.extracting(parts.header))
        let code = signer.mac.code(for: token.extracting(parts.signingInput))
        guard code.withBytes({ constantTimeEquals($0, signature.span) }) else {
            throw .badSignature
        }
        return payload
    }

    /// The key a header asks for.
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
