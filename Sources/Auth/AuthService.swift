import Crypto

/// The domain: one service per feature, over one shared context.
///
/// An instance is confined to one thread.
public final class AuthService {
    let context: AuthContext

    /// Creates the domain on one thread's store.
    ///
    /// - Parameters:
    ///   - store: Confined to the same thread.
    ///   - passwords: Derives and checks hashes.
    ///   - tokens: Signs and verifies JWTs; confined to the same thread.
    ///   - throttle: Shared by all threads.
    ///   - mail: Writes mails; shared by all threads.
    ///   - vault: Seals factors; shared by all threads.
    ///   - recorder: Records events; shared by all threads.
    ///   - rules: The configuration.
    ///   - now: The clock.
    public init(
        store: any ServerStore, passwords: PasswordHasher, tokens: TokenAuthority,
        throttle: Throttle, mail: MailWriter, vault: FactorVault, recorder: EventRecorder,
        rules: Rules, now: @escaping @Sendable () -> Timestamp
    ) {
        store.cause = Cause(actor: .server, recorder: recorder)
        context = AuthContext(
            store: store, passwords: passwords, tokens: tokens, throttle: throttle, mail: mail,
            vault: vault, rules: rules, now: now)
    }

    /// Signing in and out, and authenticating requests.
    public var signIn: SignInService { SignInService(context: context) }
    /// Creating an account: as a customer, as a member, with an invitation.
    public var registration: RegistrationService { RegistrationService(context: context) }
    /// First-run setup.
    public var setup: SetupService { SetupService(context: context) }
    /// What the holder of an account does with it.
    public var accounts: AccountService { AccountService(context: context) }
    /// Changing a password, and resetting a forgotten one.
    public var passwords: PasswordService { PasswordService(context: context) }
    /// Confirming, rejecting and changing the email address of an account.
    public var email: EmailService { EmailService(context: context) }
    /// What an account is proven with besides its password.
    public var factors: FactorService { FactorService(context: context) }
    /// The passkeys of an account, and signing in with them.
    public var passkeys: PasskeyService { PasskeyService(context: context) }
    /// The sessions of an account.
    public var sessions: SessionService { SessionService(context: context) }
    /// The API keys of an account.
    public var apiKeys: APIKeyService { APIKeyService(context: context) }
    /// Invitations.
    public var invites: InviteService { InviteService(context: context) }
    /// The settings that change while the server runs.
    public var settings: SettingsService { SettingsService(context: context) }
    /// What administrators and the command line do with accounts.
    public var administration: AdministrationService { AdministrationService(context: context) }
    /// Why requests were refused.
    public var explanations: ExplanationService { ExplanationService(context: context) }
    /// The record of what happened.
    public var audit: AuditService { AuditService(context: context) }
    /// The record of what happened as evidence: proven, exported, with its public keys.
    public var record: RecordService { RecordService(context: context) }
    /// Moves accounts and invitations out of the server and into it.
    public var transfer: TransferService { TransferService(context: context) }
    /// The mails that wait to be sent.
    public var outbox: OutboxService { OutboxService(context: context) }

    /// Begins what a client asks for: the events of this thread say so from now on.
    ///
    /// - Parameter client: Who asks.
    public func begin(for client: ClientContext) {
        context.store.cause.begin(.client, address: client.address, agent: client.userAgent)
    }

    /// Begins what an operator asks for at the command line.
    ///
    /// - Parameter user: The name of the system's user.
    public func begin(forOperator user: String) {
        context.store.cause.begin(.commandLine(user: user), address: nil, agent: nil)
    }

    /// Names who asks, once a request is authenticated.
    public func continues(as caller: Caller) {
        context.store.cause.actor = caller.actor
    }

    /// What the server knows about itself, from memory.
    public var state: InstanceState { context.store.state }

    /// The current time, which all of the server agrees on.
    public var now: Timestamp { context.now() }

    /// The minimum length of a new password, in Unicode scalars.
    public var minimumPasswordLength: Int { context.rules.passwordPolicy.minimumLength }

    /// For how many days a browser is trusted at sign-in if its person asks for it; 0 for never.
    public var trustDays: Int { Int(context.rules.trustLifetime / 86_400) }

    /// The public origin of the site, for cookies and the cross-origin check.
    public var websiteURL: Origin { context.websiteURL }

    /// The device of a device cookie's value; nil for a value that this server did not issue, or that is
    /// too old.
    public func device(of token: ArraySlice<UInt8>) -> KnownDevice? {
        context.throttle.devices.device(of: token, at: context.now())
    }

    /// Whether the server sends mail.
    public var sendsMail: Bool { context.sendsMail }

    /// Requires that the server sends mail.
    ///
    /// - Throws: `mailNotConfigured`.
    public func requireMail() throws(AuthError) { try context.requireMail() }
}

@available(*, unavailable)
extension AuthService: Sendable {}
