/// What the pages need beside the domain.
///
/// Shared by all threads.
package final class PagesConfiguration: Sendable {
    /// The version of the program.
    let version: String
    /// Where a browser is redirected after signing out.
    let logoutRedirect: String
    /// The value of the Clear-Site-Data field after signing out; nil for none.
    let clearSiteData: String?
    /// Whether there are pages beside those that mails lead to.
    let isEnabled: Bool
    /// Where a person signs in: the page of this server, or another that the operator has.
    let loginPage: String

    /// A configuration.
    package init(
        version: String, logoutRedirect: String, clearSiteData: String? = nil,
        isEnabled: Bool = true, loginPage: String = Pages.Path.login
    ) {
        self.version = version
        self.logoutRedirect = logoutRedirect
        self.clearSiteData = clearSiteData
        self.isEnabled = isEnabled
        self.loginPage = loginPage
    }
}
