import API
import Auth
import Crypto
import Glibc
import HTTP
import Pages
import System
import Logging
import Server
import StoreSupport
import Web

/// What all threads of the daemon share, and how each of them makes its own responder of it.
struct DaemonServices: Sendable {
    let throttle: Throttle
    let proxies: LiveProxyTrust
    private let configuration: Configuration
    private let storage: any ServerStorage
    private let tokenKeys: TokenKeys
    private let mail: MailWriter
    private let vault: FactorVault
    private let recorder: EventRecorder
    private let mailStatistics: MailStatistics?
    private let passwords: PasswordHasher
    private let rules: AuthService.Rules
    private let web: WebConfiguration
    private let api: APIConfiguration
    private let table: RouteTable
    private let log: ServerLog

    /// The services of a daemon with this configuration.
    ///
    /// - Parameters:
    ///   - loaded: The configuration.
    ///   - server: Tells how it is to those who watch over it.
    ///   - storage: Keeps everything.
    ///   - proxies: Which peers speak for the clients behind them.
    ///   - throttle: The limits.
    ///   - tokenKeys: Sign and verify JWTs.
    ///   - probes: Which requests are the doctor's.
    ///   - logo: The logo of the site.
    ///   - mail: Writes mails.
    ///   - vault: Seals factors.
    ///   - log: What is written to.
    ///   - started: When the process started.
    /// - Throws: A conflict in the declarations of routes, which a test excludes.
    init(
        _ loaded: LoadedConfiguration, server: Server, storage: any ServerStorage,
        proxies: LiveProxyTrust, throttle: Throttle, tokenKeys: TokenKeys, probes: ProbeGate,
        logo: SiteLogo?,
        mail: MailWriter,
        vault: FactorVault, log: ServerLog, started: Timestamp
    ) throws(RouteTable.Conflict) {
        let values = loaded.values
        let function = PBKDF2.selected()
        if function.implementation == .reference {
            log.logger.warning(
                "the fast PBKDF2 differs from OpenSSL's own on this machine, which is used instead")
        }
        let turns = HashingTurns(
            gate: FairSemaphore(
                permits: values.password.concurrency == 0
                    ? Environment.cores : values.password.concurrency),
            limit: .seconds(values.password.queueSeconds))
        passwords = PasswordHasher(
            iterations: values.password.iterations, function: function, gate: turns)
        self.proxies = proxies
        rules = loaded.rules
        mailStatistics = values.mail.transport == .none ? nil : MailStatistics()
        let monitors = Monitors(
            server: server, storage: storage, gate: turns.gate, gateLimit: turns.limit,
            throttle: throttle, mail: mailStatistics, dataDirectory: values.dataDirectory,
            started: started)
        api = APIConfiguration(
            version: Version.current,
            logoutRedirect: values.session.logoutRedirect,
            clearSiteData: values.session.clearSiteData,
            loginPage: values.pages.login, hasPages: values.pages.enabled,
            monitoring: monitors.monitoring, probes: probes)
        let pages = PagesConfiguration(
            version: Version.current, logoutRedirect: values.session.logoutRedirect,
            clearSiteData: values.session.clearSiteData.fieldValue,
            isEnabled: values.pages.enabled, loginPage: values.pages.login,
            monitoring: monitors.monitoring, warnings: loaded.layers.warnings,
            logo: logo)
        table = try RouteTable(endpoints: Endpoints.all(api), pages: Pages.all(pages))
        let code = loaded.layers.secrets[.setupCode]?.text ?? ""
        web = WebConfiguration(
            cookie: values.cookie, proxies: proxies,
            setupPermission: SetupPermission(
                code: code.isEmpty ? .random() : SetupCode(code),
                isOwnUser: { PeerOwner.isOwnUser($0) }),
            allowedOrigins: values.http.allowedOrigins,
            returnOrigins: ReturnOrigins(values.forwardAuth.returnOrigins),
            logger: log.logger, showsErrorPages: values.pages.enabled,
            errorPage: Pages.error(pages), monotonic: { MonotonicClock.now() })
        configuration = values
        self.storage = storage
        self.throttle = throttle
        self.tokenKeys = tokenKeys
        self.mail = mail
        self.vault = vault
        recorder = EventRecorder(vault: vault)
        self.log = log
    }

    /// The responder of one thread, made on that thread.
    @Sendable func responder(for lane: Lane) -> any Responder {
        WebResponder(
            service: service(mayWait: lane != .loop), configuration: web, table: table,
            requests: log.requests())
    }

    /// The worker that sends mail; nil without a transport.
    func outboxWorker(ringing wakeSignal: MailWakeSignal) -> OutboxWorker? {
        guard let mailStatistics else { return nil }
        return OutboxWorker(
            path: Environment.programDirectory + "/lunauth-mailer",
            configuration: configuration.mail, wakeSignal: wakeSignal, statistics: mailStatistics,
            logger: log.logger,
            makeService: { service(mayWait: true) })
    }

    /// The worker that links events.
    ///
    /// - Throws: When the process has no descriptor left.
    func linkerWorker() throws(SystemError) -> LinkerWorker {
        try LinkerWorker(
            maximumEvents: Int64(configuration.audit.maximumEvents), logger: log.logger,
            makeService: { service(mayWait: true) })
    }

    /// What sends checkpoints elsewhere; nil where none are to be sent.
    ///
    /// - Throws: When the process has no descriptor left.
    func checkpointSender() throws(SystemError) -> CheckpointSender? {
        guard configuration.audit.checkpoint != .none else { return nil }
        return try CheckpointSender(
            to: configuration.audit.checkpoint, logger: log.logger,
            makeService: { service(mayWait: true) })
    }

    /// The domain on one thread.
    @Sendable private func service(mayWait: Bool) -> AuthService {
        AuthService(
            store: storage.store(mayWait: mayWait), passwords: passwords,
            tokens: TokenAuthority(tokenKeys), throttle: throttle, mail: mail,
            vault: vault, recorder: recorder, rules: rules, now: WallClock.now)
    }

    /// Warns the operator that people have to confirm addresses, and are sent no link.
    func warnOfUnsentLinks() {
        guard storage.state.settings.requireEmailVerification, !mail.isEnabled else { return }
        log.logger.warning(
            """
            requireEmailVerification is on and mail.transport is none: a person who has not confirmed an \
            address yet can do nothing, and is sent no link
            """)
    }

    /// Logs that the owner receives no notices until the owner's address is confirmed.
    func warnOfHeldBackNotices() {
        guard (try? service(mayWait: true).administration.holdsBackOwnersNotices()) == true else {
            return
        }
        log.logger.warning(
            """
            notices to the owner are held back: the owner's address is not confirmed; use the link that \
            was mailed there, or have another one sent by POST /auth/email/verify/resend
            """)
    }

    /// Writes into the log how to set the server up, while it has no owner.
    ///
    /// Unedited, the line is refused: any password in it would be taken for the owner's.
    func announceSetup(at address: ListenAddress?) {
        guard !storage.state.hasOwner, let address else { return }
        let code = web.setupPermission.code
        let website = service(mayWait: true).websiteURL
        // Nothing says yet where the site is: the browser is probably on this machine.
        let isUnknown = website == Configuration().websiteURL && !address.isUnixSocket
        let site = isUnknown ? address.curlTarget : "\(website)"
        let link =
            configuration.pages.enabled ? "open \(site)\(Pages.setupAddress(code: code)), or " : ""
        log.logger.warning(
            """
            no owner exists yet; to set the server up, \(link)put your email and a password into this \
            line: curl \(address.curlTarget)/auth/setup \
            -H 'Content-Type: application/json' -H 'X-Setup-Code: \(code.text)' \
            -d '{"username":"admin","email":"","password":""}'
            """)
    }
}

extension ListenAddress {
    fileprivate var isUnixSocket: Bool {
        if case .unix = self { true } else { false }
    }

    /// How curl on this machine reaches the address: one that means all addresses of the machine is
    /// listened on at loopback, too.
    fileprivate var curlTarget: String {
        switch self {
        case .unix(let path): "--unix-socket '\(path)' http://localhost"
        case .tcp(.v4(0), let port): "\(ListenAddress.tcp(.v4(0x7F00_0001), port: port))"
        case .tcp(.v6(high: 0, low: 0), let port):
            "\(ListenAddress.tcp(.v6(high: 0, low: 1), port: port))"
        case .tcp, .inherited: "\(self)"
        }
    }
}

extension Configuration {
    /// The session cookie.
    var cookie: SessionCookie {
        SessionCookie(
            name: session.cookieName, sameSite: session.sameSite,
            domain: session.cookieDomain.isEmpty ? nil : session.cookieDomain)
    }

    /// Which peers are believed about the clients behind them.
    var proxyTrust: ProxyTrust {
        ProxyTrust(proxies: trustedProxies, fields: forwardedHeaders)
    }
}

/// The domain's gate, made of the server's.
private struct HashingTurns: HashingGate {
    let gate: FairSemaphore
    let limit: Duration

    func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value {
        do {
            return try gate.withPermit(within: limit, work)
        } catch {
            switch error {
            case .overloaded(let seconds): throw .overloaded(retryAfter: seconds, .hashingQueueFull)
            }
        }
    }
}
