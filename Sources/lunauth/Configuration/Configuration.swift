import API
import Auth
import HTTP
import Logging
import Server
import Web

/// What an operator can decide; each property's first value is its default.
///
/// The names are the keys of the configuration file. ``ConfigurationKey`` lists the values of each.
struct Configuration: Sendable, Equatable {
    /// Where the server listens; at least one address, socket paths absolute.
    var listen: [ListenAddress] = [.tcp(.v4(0x7F00_0001), port: 8080)]
    /// Those who watch over the server.
    var admin = Admin()
    /// Directory of the databases, the secret key and `setup.json`; absolute.
    var dataDirectory = "data"
    /// Where accounts are stored.
    var database = Database()
    /// The public origin: for cookies, mail links and the cross-origin rule.
    var websiteURL = Origin.ofUnconfiguredServer
    /// Peers whose forwarding fields are believed.
    var trustedProxies = [
        IPAddress.v4(0x7F00_0001).prefix(32), IPAddress.v6(high: 0, low: 1).prefix(128),
    ]
    /// Which forwarding fields are read from them.
    var forwardedHeaders = ProxyTrust.Fields.xForwarded
    /// Threads that serve connections; 0 is one a core.
    var eventLoops = 0
    /// Connections and how long they may take.
    var http = Connections()
    /// Rules for passwords and what checking one costs.
    var password = Password()
    /// Access tokens.
    var token = Token()
    /// Sessions and their cookie.
    var session = Session()
    /// Second factors.
    var factors = Factors()
    /// Passkeys.
    var passkeys = Passkeys()
    /// The pages of the server, and where mails and redirects lead.
    var pages = Pages()
    /// What the site looks like.
    var site = Site()
    /// Applications behind a proxy that asks who is there.
    var forwardAuth = ForwardAuth()
    /// What is kept in memory.
    var cache = Cache()
    /// How often a client may try, and an account may ask.
    var limits = Limits()
    /// API keys.
    var apiKeys = APIKeys()
    /// The record of events.
    var audit = Audit()
    /// How mails are sent.
    var mail = Mail()
    /// The log.
    var log = Log()

    /// Those who watch over the server.
    struct Admin: Sendable, Equatable {
        /// Where the server listens for them, a socket path absolute; nil for nowhere.
        var listen: ListenAddress? = .tcp(.v4(0x7F00_0001), port: 8081)
    }

    /// Connections and how long they may take.
    struct Connections: Sendable, Equatable {
        /// For a first byte, and for the whole head from there on.
        var headSeconds = 10
        /// For its body to arrive.
        var bodySeconds = 30
        /// Between two requests; longer than a proxy keeps its side open.
        var idleSeconds = 150
        /// For an answer to be taken.
        var writeSeconds = 30
        /// For open requests to end when the server stops.
        var drainSeconds = 10
        /// Open at one time; one more closes the one that has been longest without a whole request.
        ///
        /// A quarter from one peer, unless it is a trusted proxy or on this machine.
        var maximumConnections = 10_000
        /// Of a request's head: what a browser sends beside many cookies of a domain.
        var maximumHeadBytes = 32_768
        /// Other origins whose pages may use the API from scripts.
        var allowedOrigins: [AllowedOrigin] = []
    }

    /// Rules for passwords and what checking one costs.
    struct Password: Sendable, Equatable {
        /// PBKDF2 iterations for new passwords; old ones follow at the next login.
        var iterations = 600_000
        /// In Unicode scalars.
        var minimumLength = 8
        /// Passwords hashed at one time; 0 is one a core.
        var concurrency = 0
        /// How long a request may wait for its turn to hash.
        var queueSeconds = 5
    }

    /// Access tokens.
    struct Token: Sendable, Equatable {
        /// From issue to expiry.
        var lifetimeSeconds = 604_800
    }

    /// Sessions and their cookie.
    struct Session: Sendable, Equatable {
        /// From login to expiry.
        var lifetimeSeconds = 2_592_000
        /// Whether a refresh gives a session its whole lifetime again.
        var sliding = false
        /// From login to the end that no refresh moves, where sessions slide.
        var maximumSeconds = Int(Auth.Session.standardMaximumLifetime)
        /// For how long a session may go unused; 0 is for as long as it lasts.
        var idleSeconds = 0
        /// The cookie that carries the session.
        var cookieName = "session_token"
        /// When browsers send it along with requests from other sites.
        var sameSite = SessionCookie.SameSite.lax
        /// Where logout sends a browser: a path, or an http(s) URL.
        var logoutRedirect = Pages.standardLogin
        /// What browsers forget of this site at a logout.
        var clearSiteData: [ClearSiteData] = []
        /// The domain whose hosts all get the cookie; empty for the one host that set it.
        var cookieDomain = ""
    }

    /// Second factors.
    struct Factors: Sendable, Equatable {
        /// Which accounts have to have one.
        var required = FactorPolicy.none
        /// For how long a browser may be trusted to skip it at sign-in; 0 is never.
        var trustDays = Int(TrustedBrowser.standardLifetime / 86_400)
    }

    /// Passkeys.
    struct Passkeys: Sendable, Equatable {
        /// The host they are bound to, of `websiteUrl` or above it; empty for that of `websiteUrl`.
        var rpID = ""
    }

    /// Applications behind a proxy that asks who is there.
    struct ForwardAuth: Sendable, Equatable {
        /// Where a browser may be redirected to after sign-in, beside `websiteUrl`.
        var returnOrigins: [ReturnOrigin] = []
    }

    /// The pages of the server, and where mails and redirects lead: paths of `websiteUrl`, or http(s)
    /// URLs.
    struct Pages: Sendable, Equatable {
        /// The sign-in page of the server.
        static let standardLogin = "/auth/login"
        /// Where a page of the operator's own is expected while those of the server are disabled.
        static let otherLogin = "/login"
        /// The same for the page where invited people open their accounts.
        static let otherRegister = "/register"

        /// Whether the server answers browsers with pages.
        var enabled = true
        /// Where people sign in.
        var login = standardLogin
        /// Where invited people open their accounts; `?invite=CODE` is put behind it.
        var register = "/auth/register"
    }

    /// What is kept in memory; 0 keeps nothing.
    struct Cache: Sendable, Equatable {
        /// What sessions, accounts and API keys may occupy together: about 100,000 sessions with their accounts.
        var megabytes = 64
    }

    /// How often a client may try, and an account may ask.
    struct Limits: Sendable, Equatable {
        /// Whether anything is counted at all.
        var enabled = true
        /// Requests of one account.
        var tiers = TierLimits.Rules()
    }

    /// API keys.
    struct APIKeys: Sendable, Equatable {
        /// The most live ones of an account.
        var maximum = APIKey.standardMaximum
    }

    /// The record of events.
    struct Audit: Sendable, Equatable {
        /// The most events that are kept; the oldest go first.
        var maximumEvents = 1_000_000
        /// Where each new checkpoint is sent.
        var checkpoint = CheckpointDestination.none
    }

    /// The log.
    struct Log: Sendable, Equatable {
        /// Lines below it are not written.
        var level = Logger.Level.info
        /// What a line looks like.
        var format = LogFormat.text
    }
}

extension Origin {
    /// The public origin without a configuration.
    fileprivate static let ofUnconfiguredServer: Origin = {
        guard let origin = Origin("http://127.0.0.1:8080") else {
            preconditionFailure("the default websiteUrl is an origin")
        }
        return origin
    }()
}
