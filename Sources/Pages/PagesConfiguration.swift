import Auth
package import Web

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
    /// What is checked and measured.
    let monitoring: Monitoring
    /// Warnings about the configuration, as they were logged at the start.
    let warnings: [String]
    /// Where a person signs in: the page of this server, or another that the operator has.
    let loginPage: String
    /// Other origins where forms of any page lead: each has the button that signs out.
    let formTargets: [Origin]
    /// The sign-in pages as they are shown first.
    let loginPages = RenderedPages()
    /// What the pages load.
    let assets: Assets

    /// A configuration whose pages are not rendered yet.
    package init(
        version: String, logoutRedirect: String, clearSiteData: String? = nil,
        isEnabled: Bool = true, loginPage: String = Pages.Path.login,
        monitoring: Monitoring = Monitoring(), warnings: [String] = [],
        logo: SiteLogo? = nil
    ) {
        self.version = version
        self.logoutRedirect = logoutRedirect
        self.clearSiteData = clearSiteData
        self.isEnabled = isEnabled
        self.loginPage = loginPage
        var targets: [Origin] = []
        for origin in [logoutRedirect, loginPage].compactMap(Origin.init(of:))
        where !targets.contains(origin) {
            targets.append(origin)
        }
        formTargets = targets
        self.monitoring = monitoring
        self.warnings = warnings
        assets = Assets(logo: logo)
    }
}
