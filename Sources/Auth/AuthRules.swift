extension AuthService {
    /// The configuration of the domain.
    public struct Rules: Sendable {
        /// Which passwords are allowed.
        public var passwordPolicy: PasswordPolicy
        /// The lifetime of a JWT, in seconds.
        public var tokenLifetime: Int64
        /// The lifetime of a session, in seconds.
        public var sessionLifetime: Int64
        /// Whether a refresh extends its session by a whole lifetime.
        public var slidesSessions: Bool
        /// Seconds after its beginning beyond which no refresh extends a session.
        public var maximumSessionLifetime = Session.standardMaximumLifetime
        /// How long a session may be unused; nil for as long as it lasts.
        public var idleLimit: IdleLimit?
        /// The public origin, configured before setup or fixed by the environment.
        public var website: Website
        /// Whether browsers send the configured cookie over https only.
        public var needsSecureWebsite: Bool
        /// The domain of the configured cookie, which has to contain the public origin.
        public var websiteDomain: String?
        /// The kind of database in use, which setup cannot change.
        public var databaseKind = DatabaseKind.sqlite
        /// The database name fixed by the environment, which setup then cannot change.
        public var fixedDatabaseName: String?
        /// The most live API keys of one account.
        public var maximumAPIKeys = APIKey.standardMaximum
        /// Which accounts have to have a second factor.
        public var factorPolicy = FactorPolicy.none
        /// How long a browser may be trusted to skip the second factor, in seconds; 0 is never.
        public var trustLifetime = TrustedBrowser.standardLifetime
        /// The host that passkeys are bound to (WebAuthn Level 3, RP ID); nil for that of the website.
        public var passkeyRelyingPartyID: String?
        /// What the configuration fixes of the site's name, colour and support contact.
        public var site = SiteRules()
        /// The login page: a path of the site, or a URL.
        public var loginPage: String
        /// The registration page of invited people: a path of the site, or a URL.
        public var registerPage: String

        /// Creates rules from their parts.
        public init(
            passwordPolicy: PasswordPolicy, tokenLifetime: Int64, sessionLifetime: Int64,
            website: Website, needsSecureWebsite: Bool = false, websiteDomain: String? = nil,
            fixedDatabaseName: String?,
            slidesSessions: Bool = false,
            loginPage: String = "/auth/login", registerPage: String = "/register"
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
        /// Set by the environment: nothing overrides it.
        case fixed(Origin)
        /// Set by the configuration: what setup stored overrides it.
        case configured(Origin)
    }
}
