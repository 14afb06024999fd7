import Auth
package import HTTP
package import Logging

/// What every request needs beside the domain and its endpoint.
///
/// Shared by all threads.
package final class WebConfiguration: Sendable {
    /// The session cookie.
    package let cookie: SessionCookie
    /// The cookie by which accounts recognise devices.
    let deviceCookie: SessionCookie
    /// The cookie of a browser that need not prove a second factor at sign-in.
    let trustCookie: SessionCookie
    /// The cookie of a sign-in in steps.
    let loginCookie: SessionCookie
    /// Which peers may name the clients behind them.
    package let proxies: LiveProxyTrust
    /// Who may set the server up.
    package let setupPermission: SetupPermission
    /// Which pages of other origins may use the API.
    let sharing: CrossOriginSharing
    /// Where browsers may go on after sign-in.
    package let returnOrigins: ReturnOrigins
    /// Warnings that are logged once in the life of the process.
    let warnings: Warnings
    /// Where internal errors and changes of accounts and settings are logged.
    package let logger: Logger
    /// Counts the responses of all threads.
    package let metrics = RequestMetrics()
    /// The last refusals of all threads.
    package let refusals = RefusalRing()
    /// Renders an error for a person in a browser.
    let errorPage: @Sendable (RequestError, RequestContext) -> Response
    /// Whether every error that a browser navigates to is a page; without it only those at the paths
    /// of pages.
    let showsErrorPages: Bool
    /// Nanoseconds of the clock that stamps a request's arrival.
    let monotonic: @Sendable () -> UInt64

    /// A configuration whose warnings were not logged yet.
    package init(
        cookie: SessionCookie, proxies: LiveProxyTrust, setupPermission: SetupPermission,
        allowedOrigins: [AllowedOrigin] = [],
        returnOrigins: ReturnOrigins = ReturnOrigins(),
        logger: Logger, showsErrorPages: Bool = true,
        errorPage: @escaping @Sendable (RequestError, RequestContext) -> Response,
        monotonic: @escaping @Sendable () -> UInt64
    ) {
        self.cookie = cookie
        deviceCookie = cookie.device
        trustCookie = cookie.trust
        loginCookie = cookie.login
        self.proxies = proxies
        self.setupPermission = setupPermission
        sharing = CrossOriginSharing(allowedOrigins)
        self.returnOrigins = returnOrigins
        warnings = Warnings(logger: logger)
        self.logger = logger
        self.errorPage = errorPage
        self.showsErrorPages = showsErrorPages
        self.monotonic = monotonic
    }
}
