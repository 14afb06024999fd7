public import Auth
public import HTTP
public import Logging

/// What the endpoints need beside the domain.
///
/// Shared by all threads.
public final class APIConfiguration: Sendable {
    /// The version of the program.
    public let version: String
    /// The session cookie.
    public let cookie: SessionCookie
    /// The cookie by which accounts know devices.
    let deviceCookie: SessionCookie
    /// Where a browser goes after logging out.
    public let logoutRedirect: String
    /// What a browser is told to forget then, as its field says it; nil for nothing.
    let clearSiteData: String?
    /// Where a browser signs in that wants to see a protected application.
    public let loginPage: LoginPage
    /// Proves from afar that somebody may set the server up.
    public let setupCode: SetupCode
    /// Whether a peer is a process of this machine that runs as the user of this one.
    let isOwnUser: @Sendable (Peer) -> Bool
    /// Which peers are believed about the clients behind them.
    public let proxies: LiveProxyTrust
    /// Which pages of other origins may use the API.
    let sharing: CrossOriginSharing
    /// What is said once.
    public let warnings: Warnings
    /// Where faults are written.
    public let logger: Logger
    /// What the admin entrance tells.
    public let monitoring: Monitoring
    /// Counts the answers.
    public let traffic = RequestMetrics()
    /// The OpenAPI document.
    let openAPI = EncodedOnce()
    /// Nanoseconds of the clock that stamps a request's arrival.
    public let monotonic: @Sendable () -> UInt64

    /// A configuration from its parts.
    public init(
        version: String, cookie: SessionCookie, logoutRedirect: String,
        clearSiteData: [ClearSiteData] = [], loginPage: LoginPage,
        setupCode: SetupCode, isOwnUser: @escaping @Sendable (Peer) -> Bool,
        proxies: LiveProxyTrust, allowedOrigins: [AllowedOrigin] = [], logger: Logger,
        monitoring: Monitoring,
        monotonic: @escaping @Sendable () -> UInt64
    ) {
        self.version = version
        self.cookie = cookie
        deviceCookie = cookie.device
        self.logoutRedirect = logoutRedirect
        self.clearSiteData = clearSiteData.fieldValue
        self.loginPage = loginPage
        self.setupCode = setupCode
        self.isOwnUser = isOwnUser
        self.proxies = proxies
        sharing = CrossOriginSharing(allowedOrigins)
        self.logger = logger
        self.monitoring = monitoring
        warnings = Warnings(logger: logger)
        self.monotonic = monotonic
    }
}
