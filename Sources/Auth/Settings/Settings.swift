/// The settings that administrators change while the server runs.
public struct Settings: Sendable, Equatable {
    /// Whether members and customers may sign in with a password and create accounts.
    public var nativeSignin = true
    /// Whether people may create accounts at all.
    public var register = true
    /// Whether customers may create accounts.
    public var signup = true
    /// Whether a registered person waits for approval.
    public var approval = true

    /// Whether members and customers have to confirm their address before they may do anything.
    public var requireEmailVerification = false

    /// The name of the site in pages and mails; nil for the standard one.
    public var siteName: String?
    /// The colour of buttons and links, `#` and six hexadecimal digits; nil for the standard one.
    public var siteAccent: String?
    /// Where people find help: a link or an email address; nil for none.
    public var siteSupport: String?

    /// Creates the settings of a new server: all enabled, without confirmation of addresses.
    public init() {}
}
