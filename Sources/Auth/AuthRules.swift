extension AuthService {
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
}
