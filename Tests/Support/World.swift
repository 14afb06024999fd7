public import Auth
public import Crypto
import ForeignPasswords

/// The domain over a store in memory, with all its controllable parts.
///
/// Shared by all threads; creates services.
public final class World: Sendable {
    /// The iterations of new hashes: the least allowed.
    public static let iterations = PasswordHash.iterationBounds.lowerBound

    /// The clock.
    public let clock = TestClock()
    /// The gate of every derivation.
    public let gate = TestGate()
    /// Counts the iterations of every derivation.
    public let derivation = CountingDerivation()
    /// What is stored.
    public let store: MemoryStore
    /// The limits.
    public let throttle: Throttle
    /// The keys that tokens are signed with.
    public let keys: TokenKeys
    /// Writes mails into the store.
    public let mail: MailWriter
    /// The keys that encrypt them.
    public let sealingKeys = MailEncryptionKeys([.random()])
    /// Seals factors.
    public let vault: FactorVault
    /// Records events.
    public let recorder: EventRecorder
    /// Checks foreign hashes.
    public let foreign = CountingVerifier()
    /// The configured rules.
    public let rules: AuthService.Rules

    private let ring: KeyRing

    /// Creates a world with these people.
    ///
    /// - Parameters:
    ///   - people: The people with an account.
    ///   - isThrottled: Whether the limits are enabled.
    ///   - sendsMail: Whether a transport is configured.
    ///   - rules: The configured rules.
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
        vault = FactorVault([.random()])
        recorder = EventRecorder(vault: vault)
        for person in people {
            try add(person.email, name: person.rawValue, role: person.role, status: person.status)
            // Notices are only sent to confirmed addresses.
            if person.role == .owner { confirm(person.email) }
        }
    }

    /// Creates a service for one thread.
    ///
    /// - Parameters:
    ///   - iterations: The iterations of new hashes.
    ///   - rules: The configured rules, if they differ.
    ///   - vault: Seals factors, if it is not the world's.
    /// - Returns: The service, confined to the calling thread.
    /// - Throws: `CryptoError` when OpenSSL gives no HMAC.
    public func service(
        iterations: Int = World.iterations, rules: AuthService.Rules? = nil,
        vault: FactorVault? = nil
    ) throws -> AuthService {
        let clock = clock
        return AuthService(
            store: store,
            passwords: PasswordHasher(
                iterations: iterations, function: derivation, gate: gate, foreign: foreign),
            tokens: TokenAuthority(keys), throttle: throttle, mail: mail,
            vault: vault ?? self.vault, recorder: recorder, rules: rules ?? self.rules,
            now: { clock.now })
    }

    /// Adds an account, without effect on counters.
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

    /// Gives an account a hash of another system, directly in the store.
    ///
    /// - Throws: `ForeignHashError`.
    public func setForeignHash(_ text: String, of email: String) throws {
        let hash = try ForeignHash(text)
        store.change { memory in
            memory.credentials = memory.credentials.map { old in
                old.account.email.address == email
                    ? AccountCredential(account: old.account, password: .foreign(hash)) : old
            }
        }
    }

    /// The stored account with this email.
    public func account(_ email: String) -> Account? {
        store.memory.credentials.first { $0.account.email.address == email }?.account
    }

    /// Marks an account's address as confirmed, directly in the store.
    public func confirm(_ email: String) {
        change(email) { $0.emailVerifiedAt = $0.createdAt }
    }

    /// Marks an account's address as unconfirmed, directly in the store.
    public func unconfirm(_ email: String) {
        change(email) { $0.emailVerifiedAt = nil }
    }

    /// Changes an account directly in the store; its sessions stay.
    public func change(_ email: String, _ change: (inout Account) -> Void) {
        store.change { memory in
            for index in memory.credentials.indices
            where memory.credentials[index].account.email.address == email {
                let old = memory.credentials[index]
                var account = old.account
                change(&account)
                memory.credentials[index] = AccountCredential(
                    account: account, password: old.password)
            }
        }
    }

    /// The contents of the waiting mails, oldest first.
    ///
    /// - Returns: Each mail, decrypted.
    /// - Throws: When one cannot be decrypted.
    public func mails() throws -> [ReadMail] {
        try store.memory.mails.map { queued in
            guard let content = try mail.content(of: queued.mail) else {
                throw AuthError.unavailable("sealed with another key")
            }
            return ReadMail(queued.mail, content)
        }
    }

    /// The contents of the waiting mails of a kind, oldest first.
    ///
    /// - Returns: Recipient and values of each.
    /// - Throws: When one cannot be decrypted.
    public func mails(of kind: Mail.Kind) throws -> [(to: String, values: [String: String])] {
        try mails().filter { $0.kind == kind }.map { ($0.to, $0.values) }
    }

    /// Creates a session of an account, whatever its status, without effect on counters.
    ///
    /// - Parameters:
    ///   - email: The email of the account.
    ///   - methods: The authentication methods; by default the password, now. With two factors, the second
    ///     was proven now.
    ///   - tokenLifetime: The lifetime of its JWT in seconds.
    ///   - edit: Changes the claims of its JWT, and what it says about the person, before they are
    ///     signed.
    /// - Returns: Its two credentials.
    /// - Throws: When no account has this email.
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
            authenticatedAt: now, factorAt: methods.hasTwoFactors ? now : nil)
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
    /// The rules of an empty configuration, for this site.
    public static func standard(website: AuthService.Website) -> AuthService.Rules {
        AuthService.Rules(
            passwordPolicy: PasswordPolicy(minimumLength: 8), tokenLifetime: 604_800,
            sessionLifetime: 2_592_000, website: website, fixedDatabaseName: nil)
    }
}
