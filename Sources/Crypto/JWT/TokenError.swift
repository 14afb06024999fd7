/// Why a token is refused.
public enum TokenError: Error, Sendable, Equatable {
    /// Not three base64url parts within the bound, or a header that is not ours to accept.
    case malformed
    /// The header names a key that is not in the ring.
    case unknownKey
    /// The MAC is not that of the key over the signing input.
    case badSignature
    /// `exp` has come.
    case expired
    /// `iat` or `nbf` lies in the future by more than the leeway.
    case notYetValid
    /// The payload, though signed, is not the strict JSON with the members required.
    case badClaims
}
