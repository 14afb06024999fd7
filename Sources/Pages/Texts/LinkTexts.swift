import Auth

/// What the pages say of links in mails that do not work.
protocol LinkTexts {
    /// The title for a link that has expired.
    var linkExpired: String { get }
    /// How long links of a kind are valid.
    func lifetime(of purpose: LinkToken.Purpose) -> String
    /// Above when it expired.
    var nothingWasChanged: String { get }
    /// When it expired.
    func linkExpired(_ time: HTML) -> HTML
    /// When it was used.
    func linkUsed(_ time: HTML) -> HTML
    /// Why a link may be unknown.
    var linkUnknown: String { get }
    var requestNewLink: String { get }
    var goToAdministration: String { get }
}
