/// What the services of the domain share: the store, the keys, the limits, the clock, and common
/// steps.
///
/// Confined to one thread.
final class AuthContext {
    let store: any Store
    /// The same object as `store`, for setup alone.
    let setupStore: any SetupStore
    /// The same object as `store`, for monitoring alone.
    let monitoredStore: any MonitoredStore
    let passwords: PasswordHasher
    let tokens: TokenAuthority
    let throttle: Throttle
    let mail: MailWriter
    let vault: FactorVault
    let rules: AuthService.Rules
    let now: @Sendable () -> Timestamp
    /// What the current request leaves for the log.
    var journal = Journal()

    init(
        store: any ServerStore, passwords: PasswordHasher, tokens: TokenAuthority,
        throttle: Throttle, mail: MailWriter, vault: FactorVault, rules: AuthService.Rules,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        setupStore = store
        monitoredStore = store
        self.passwords = passwords
        self.tokens = tokens
        self.throttle = throttle
        self.mail = mail
        self.vault = vault
        self.rules = rules
        self.now = now
    }

    /// The public origin of the site.
    var websiteURL: Origin { websiteURL(under: store.state.setup) }

    /// The public origin of the site, once setup has stored this record.
    func websiteURL(under record: SetupRecord?) -> Origin {
        switch rules.website {
        case .fixed(let origin): origin
        case .configured(let origin): record?.websiteURL ?? origin
        }
    }

    /// The end of a session that begins, or is extended, at the given time.
    ///
    /// - Parameters:
    ///   - time: Now.
    ///   - beginning: When the session began.
    /// - Returns: The end; for sliding sessions, never beyond their maximum lifetime.
    func sessionEnd(from time: Timestamp, begunAt beginning: Timestamp) -> Timestamp {
        let end = time.adding(seconds: rules.sessionLifetime)
        guard rules.slidesSessions else { return end }
        return min(end, beginning.adding(seconds: rules.maximumSessionLifetime))
    }

    /// The address of a configured page: a path of the site, or a URL.
    func address(ofPage page: String) -> String {
        page.hasPrefix("/") ? "\(websiteURL)\(page)" : page
    }
}

/// The operations of one feature, each in a file of its folder.
protocol Service {
    var context: AuthContext { get }
}

/// The parts of the context, accessible by name.
extension Service {
    var store: any Store { context.store }
    var passwords: PasswordHasher { context.passwords }
    var tokens: TokenAuthority { context.tokens }
    var throttle: Throttle { context.throttle }
    var mail: MailWriter { context.mail }
    var vault: FactorVault { context.vault }
    var rules: AuthService.Rules { context.rules }
    var now: @Sendable () -> Timestamp { context.now }
}
