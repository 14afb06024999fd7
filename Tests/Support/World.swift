public import Auth
public import Crypto

/// The domain over a store in memory, with everything a test turns its knobs on.
///
/// Shared by all threads; services are made of it.
public final class World: Sendable {
    /// What new hashes cost: the least there is.
    public static let iterations = PasswordHash.iterationBounds.lowerBound

    /// The time.
    public let clock = TestClock()
    /// In front of every derivation.
    public let gate = TestGate()
    /// Counts the iterations of every derivation.
    public let derivation = CountingDerivation()
    /// What is stored.
    public let store: MemoryStore
    /// The limits.
    public let throttle: Throttle
    /// The keys that tokens are signed with.
    public let keys: TokenKeys
    /// Writes mails, which wait in the store.
    public let mail: MailWriter
    /// What it seals them with.
    public let sealingKeys = MailEncryptionKeys([.random()])
    /// What an operator configured.
    public let rules: AuthService.Rules

    private let ring: KeyRing

    /// A world with these people in it.
    ///
    /// - Parameters:
    ///   - people: Those who have an account.
    ///   - isThrottled: Whether the limits hold.
    ///   - sendsMail: Whether a transport is configured.
    ///   - rules: What an operator configured.
    ///   - profile: The public form of an account.
    /// - Throws: `CryptoError` when OpenSSL gives no HMAC, `AuthError` never.
    public init(
        people: [Person] = Person.allCases, isThrottled: Bool = true,
        sendsMail: Bool = true, rules: AuthService.Rules,
        profile: @escaping @Sendable (Account) -> [UInt8] = { Array($0.name.utf8) }
    ) throws {
        let clock = clock
        ring = try KeyRing(current: .random())
        keys = TokenKeys(ring)
        store = MemoryStore(clock: clock, profile: profile)
        throttle = Throttle(isEnabled: isThrottled, capacity: 1_024) { clock.monotonic }
        store.idleLimit = rules.idleLimit
        store.failedLogins = throttle.failedLogins
        mail = MailWriter(keys: sendsMail ? sealingKeys : nil, throttle: throttle)
        self.rules = rules
        for person in people {
            try add(person.email, name: person.rawValue, role: person.role, status: person.status)
            // Notices go nowhere else.
            if person.role == .owner { confirm(person.email) }
        }
    }

    /// A service for one thread.
    ///
    /// - Parameters:
    ///   - iterations: What new hashes cost.
    ///   - rules: What an operator configured, where it differs.
    /// - Returns: The service, confined to the calling thread.
    /// - Throws: `CryptoError` when OpenSSL gives no HMAC.
    public func service(
        iterations: Int = World.iterations, rules: AuthService.Rules? = nil
    ) throws -> AuthService {
        let clock = clock
        return AuthService(
            store: store,
            passwords: PasswordHasher(
                iterations: iterations, function: derivation, gate: gate),
            tokens: TokenAuthority(keys), throttle: throttle, mail: mail,
            rules: rules ?? self.rules,
            now: { clock.now })
    }

    /// Adds an account, past every counter.
    ///
    /// - Throws: `AuthError.emailTaken`.
    @discardableResult
    public func add(
        _ email: String, name: String = "Somebody", role: Account.Role = .user,
        status: Account.Status = .active, password: String = Person.password,
        iterations: Int = World.iterations
    ) throws -> Account {
        guard let address = Email(email) else { throw AuthError.invalidCredentials }
        let account = Account(
            id: .random(), email: address, name: name, tier: .free, role: role, status: status,
            createdAt: clock.now)
        let hash = PasswordHash.derive(
            password: Array(password.utf8), iterations: iterations, using: PBKDF2(.blockFunction))
        store.change { memory in
            memory.credentials.append(AccountCredential(account: account, passwordHash: hash))
        }
        return account
    }

    /// The account of this email as it is stored now.
    public func account(_ email: String) -> Account? {
        store.memory.credentials.first { $0.account.email.address == email }?.account
    }

    /// Has the person of an account confirmed its address, past the domain.
    public func confirm(_ email: String) {
        change(email) { $0.emailVerifiedAt = $0.createdAt }
    }

    /// Has nobody have confirmed the address of an account, past the domain.
    public func unconfirm(_ email: String) {
        change(email) { $0.emailVerifiedAt = nil }
    }

    /// Changes an account past the domain; its sessions stay.
    public func change(_ email: String, _ change: (inout Account) -> Void) {
        store.change { memory in
            for index in memory.credentials.indices
            where memory.credentials[index].account.email.address == email {
                let old = memory.credentials[index]
                var account = old.account
                change(&account)
                memory.credentials[index] = AccountCredential(
                    account: account, passwordHash: old.passwordHash)
            }
        }
    }

    /// What the mails that wait say, oldest first.
    ///
    /// - Returns: Kind, recipient and values of each.
    /// - Throws: When one cannot be opened.
    public func mails() throws -> [(kind: Mail.Kind, to: String, values: [String: String])] {
        try store.memory.mails.map { queued in
            guard let values = try mail.values(of: queued.mail) else {
                throw AuthError.unavailable("sealed with another key")
            }
            return (queued.mail.kind, queued.mail.recipient.address, values)
        }
    }

    /// What the mails of a kind say that wait, oldest first.
    ///
    /// - Returns: Recipient and values of each.
    /// - Throws: When one cannot be opened.
    public func mails(of kind: Mail.Kind) throws -> [(to: String, values: [String: String])] {
        try mails().filter { $0.kind == kind }.map { ($0.to, $0.values) }
    }

    /// A session of an account, whatever its status, past every counter.
    ///
    /// - Parameters:
    ///   - email: The account's.
    ///   - methods: By what the person showed who they are; by default the password, now.
    ///   - tokenLifetime: Seconds for which its JWT is good.
    ///   - edit: Changes the claims of its JWT, and what it says about the person, before they are
    ///     signed.
    /// - Returns: Its two credentials.
    /// - Throws: When nobody has this email.
    public func signIn(
        _ email: String, by methods: AuthenticationMethods = .password,
        tokenLifetime: Int64 = 604_800,
        edit: (inout Claims, inout Claims.Person) -> Void = { _, _ in }
    ) throws -> Credentials {
        guard let account = account(email) else { throw AuthError.invalidCredentials }
        let secret = Random.bytes(32)
        let now = clock.now
        let session = Session(
            id: .random(), tokenHash: SHA256.digest(secret), accountID: account.id, createdAt: now,
            expiresAt: now.adding(seconds: rules.sessionLifetime), methods: methods,
            authenticatedAt: now)
        store.change { $0.sessions.append(StoredSession(session: session)) }
        var claims = Claims(
            subject: account.id, sessionID: session.id, issuedAt: now.seconds,
            expiresAt: now.seconds + tokenLifetime)
        var person = Claims.Person(
            email: account.email.address, tier: account.tier.rawValue, role: account.role.rawValue)
        edit(&claims, &person)
        return Credentials(
            session: session, cookie: Base64URL.encode(secret),
            token: JWTCodec(ring: ring).sign(claims, about: person))
    }
}

extension AuthService.Rules {
    /// The rules that a configuration without a word gives, for this site.
    public static func standard(website: AuthService.Website) -> AuthService.Rules {
        AuthService.Rules(
            passwordPolicy: PasswordPolicy(minimumLength: 8), tokenLifetime: 604_800,
            sessionLifetime: 2_592_000, website: website, fixedDatabaseName: nil)
    }
}
