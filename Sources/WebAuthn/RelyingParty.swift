/// The site that passkeys are made for and used at (WebAuthn Level 3 §4).
public struct RelyingParty: Sendable, Equatable {
    /// The domain that passkeys are bound to.
    public let id: String
    /// The origin of its pages, whole: `https://example.com`, compared byte by byte.
    public let origin: String

    /// A site by its domain and its origin.
    public init(id: String, origin: String) {
        self.id = id
        self.origin = origin
    }
}
