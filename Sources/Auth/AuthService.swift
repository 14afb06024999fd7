import Crypto

/// The domain's verbs: each file beside this one adds one.
///
/// An instance is confined to one thread.
public final class AuthService {
    let store: any Store
    let passwords: PasswordHasher
    let tokens: TokenAuthority
    let throttle: Throttle
    let mail: MailWriter
    let rules: Rules
    let now: @Sendable () -> Timestamp
    /// What the request at hand leaves for the log.
    var journal = Journal()

    /// What an operator configures of the domain.
    public struct Rules: Sendable {
        /// Which passwords are allowed.
        public var passwordPolicy: PasswordPolicy
        /// Seconds for which a JWT is good.
        public var tokenLifetime: Int64
        /// Seconds for which a session lasts.
        public var sessionLifetime: Int64
        /// Whether a refresh gives its session a whole lifetime again.
        public var slidesSessions: Bool
        /// Seconds from its beginning after which no refresh prolongs a session.
        public var maximumSessionLifetime = Session.standardMaximumLifetime
        /// How long a session may go unused; nil for as long as it lasts.
        public var idleLimit: IdleLimit?
        /// The public origin, from before setup or fixed by the environment.
        public var website: Website
        /// Whether browsers take the configured cookie over https alone.
        public var needsSecureWebsite: Bool
        /// The domain that the configured cookie is for, which the public origin has to be in.
        public var websiteDomain: String?
        /// The database name that the environment fixes, which setup cannot change then.
        public var fixedDatabaseName: String?
        /// The most live API keys of one account.
        public var maximumAPIKeys = APIKey.standardMaximum
        /// Where people sign in: a path of the site, or a URL.
        public var loginPage: String
        /// Where invited people open their accounts: a path of the site, or a URL.
        public var registerPage: String

        /// Rules from their parts.
        public init(
            passwordPolicy: PasswordPolicy, tokenLifetime: Int64, sessionLifetime: Int64,
            website: Website, needsSecureWebsite: Bool = false, websiteDomain: String? = nil,
            fixedDatabaseName: String?,
            slidesSessions: Bool = false,
            loginPage: String = "/login", registerPage: String = "/register"
        ) {
            self.passwordPolicy = passwordPolicy
            self.tokenLifetime = tokenLifetime
            self.sessionLifetime = sessionLifetime
            self.website = website
            self.needsSecureWebsite = needsSecureWebsite
            self.websiteDomain = websiteDomain
            self.fixedDatabaseName = fixedDatabaseName
            self.slidesSessions = slidesSessions
            self.loginPage = loginPage
            self.registerPage = registerPage
        }
    }

    /// Where the public origin comes from.
    public enum Website: Sendable, Equatable {
        /// The environment: nothing overrules it.
        case fixed(Origin)
        /// The configuration: what setup stored overrules it.
        case configured(Origin)
    }

    /// A service on one thread's store.
    ///
    /// - Parameters:
    ///   - store: Confined to the same thread.
    ///   - passwords: Derives and checks hashes.
    ///   - tokens: Signs and verifies JWTs; confined to the same thread.
    ///   - throttle: Shared by all threads.
    ///   - mail: Writes mails; shared by all threads.
    ///   - rules: What the operator configured.
    ///   - now: The clock.
    public init(
        store: any Store, passwords: PasswordHasher, tokens: TokenAuthority, throttle: Throttle,
        mail: MailWriter, rules: Rules, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.passwords = passwords
        self.tokens = tokens
        self.throttle = throttle
        self.mail = mail
        self.rules = rules
        self.now = now
    }

    /// What the server knows about itself, from memory.
    public var state: InstanceState { store.state }

    /// The fewest Unicode scalars of a new password.
    public var minimumPasswordLength: Int { rules.passwordPolicy.minimumLength }

    /// The public origin of the site: for cookies and the cross-origin rule.
    public var websiteURL: Origin { websiteURL(under: store.state.setup) }

    /// The public origin of the site, once setup has decided this.
    func websiteURL(under record: SetupRecord?) -> Origin {
        switch rules.website {
        case .fixed(let origin): origin
        case .configured(let origin): record?.websiteURL ?? origin
        }
    }

    /// The device that a cookie's value is of; nil for one that was not made here, or too long ago.
    public func device(of token: ArraySlice<UInt8>) -> KnownDevice? {
        throttle.devices.device(of: token, at: now())
    }

    /// When a session ends that begins, or begins to last longer, at a time.
    ///
    /// - Parameters:
    ///   - time: Now.
    ///   - beginning: When the session began.
    /// - Returns: The end; where sessions slide, never later than the longest of them lasts.
    func sessionEnd(from time: Timestamp, begunAt beginning: Timestamp) -> Timestamp {
        let end = time.adding(seconds: rules.sessionLifetime)
        guard rules.slidesSessions else { return end }
        return min(end, beginning.adding(seconds: rules.maximumSessionLifetime))
    }

    /// The address of a page that the operator named: a path of the site, or a URL.
    func address(ofPage page: String) -> String {
        page.hasPrefix("/") ? "\(websiteURL)\(page)" : page
    }
}

@available(*, unavailable)
extension AuthService: Sendable {}
