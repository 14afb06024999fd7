/// The client of a sign-in, with everything it sent by which a step is bound to it.
///
/// The cookies are as sent: none of them is checked yet.
public struct SignInClient: Sendable {
    /// Where the request comes from.
    public let client: ClientContext
    /// The credential in the request: a live session of the account makes the client known.
    public let presented: PresentedCredential?
    /// The session cookie, whether or not it is `presented`: a new session replaces a live one of the
    /// account.
    public let sessionCookie: ArraySlice<UInt8>?
    /// The cookie of a trusted browser.
    public let trustCookie: ArraySlice<UInt8>?
    /// The cookie of a sign-in that was begun with a form.
    public let pendingCookie: ArraySlice<UInt8>?
    /// Whether a page posted the request: what is begun is then bound to a cookie of its browser.
    public let isForm: Bool

    /// A client; without more it is a program that sent no cookie.
    public init(
        _ client: ClientContext, presented: PresentedCredential? = nil,
        sessionCookie: ArraySlice<UInt8>? = nil, trustCookie: ArraySlice<UInt8>? = nil,
        pendingCookie: ArraySlice<UInt8>? = nil, isForm: Bool = false
    ) {
        self.client = client
        self.presented = presented
        self.sessionCookie = sessionCookie
        self.trustCookie = trustCookie
        self.pendingCookie = pendingCookie
        self.isForm = isForm
    }
}
