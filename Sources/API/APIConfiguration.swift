package import Web

/// What single endpoints need beside the domain.
///
/// Shared by all threads.
package final class APIConfiguration: Sendable {
    /// The version of the program.
    let version: String
    /// Where a browser is redirected after logging out.
    let logoutRedirect: String
    /// The value of the Clear-Site-Data field after logging out; nil for none.
    let clearSiteData: String?
    /// Where an unauthenticated browser that requests a protected application is redirected.
    let loginPage: String
    /// Whether there are pages: also that for a browser which an application does not admit.
    let hasPages: Bool
    /// What the admin listener reports.
    let monitoring: Monitoring
    /// Which requests are the doctor's.
    let probes: ProbeGate
    /// The OpenAPI document.
    let openAPI = EncodedOnce()

    /// A configuration whose OpenAPI document is not encoded yet.
    package init(
        version: String, logoutRedirect: String, clearSiteData: [ClearSiteData] = [],
        loginPage: String, hasPages: Bool = true, monitoring: Monitoring,
        probes: ProbeGate = ProbeGate()
    ) {
        self.version = version
        self.logoutRedirect = logoutRedirect
        self.clearSiteData = clearSiteData.fieldValue
        self.loginPage = loginPage
        self.hasPages = hasPages
        self.monitoring = monitoring
        self.probes = probes
    }
}
