import API
import Auth
import Crypto
import HTTP
import Logging
import Pages
import TestSupport
import Testing
import Web

@testable import Server

/// The domain and the endpoints of a simulated server.
struct Services: Sendable {
    private let store: MemoryStore
    private let clock: TestClock
    private let keys: TokenKeys
    private let vault: FactorVault
    private let throttle: Throttle
    private let passwords: PasswordHasher
    private let configuration: WebConfiguration
    private let table: RouteTable
    private let flaw: RunConfiguration.Flaw
    private let website: Origin

    /// The code of first-run setup.
    static let setupCode = "the-setup-code"

    init(_ context: SimulationContext, store: MemoryStore, workers: SimulatedWorkers) throws {
        let clock = context.clock
        self.store = store
        self.clock = clock
        keys = context.keys
        vault = context.vault
        flaw = context.configuration.flaw
        website = try #require(Origin("http://localhost:8080"))
        throttle = Throttle(isEnabled: true, capacity: 1_024) { clock.monotonic }
        passwords = PasswordHasher(
            iterations: World.iterations, function: PBKDF2(.blockFunction),
            gate: Turns(workers: workers))
        let api = APIConfiguration(
            version: "0", logoutRedirect: Pages.Path.login, loginPage: Pages.Path.login,
            monitoring: Monitoring())
        let pages = PagesConfiguration(version: "0", logoutRedirect: Pages.Path.login)
        table = try RouteTable(endpoints: Endpoints.all(api), pages: Pages.all(pages))
        configuration = WebConfiguration(
            cookie: SessionCookie(name: "session_token", sameSite: .lax),
            proxies: LiveProxyTrust(
                ProxyTrust(
                    proxies: ["127.0.0.1/32"].compactMap { AddressPrefix(parsing: $0.utf8) },
                    fields: .xForwarded)),
            setupPermission: SetupPermission(
                code: SetupCode(Self.setupCode), isOwnUser: { _ in true }),
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
            errorPage: Pages.error(pages), monotonic: { clock.monotonic })
    }

    /// The responder of one loop.
    func responder() -> any Responder { makeResponder() }

    /// The responder of one worker, created on its thread.
    func workerResponder() -> any Responder {
        flaw == .none ? makeResponder() : FlawedResponder(makeResponder(), flaw)
    }

    private func makeResponder() -> WebResponder {
        let clock = clock
        return WebResponder(
            service: AuthService(
                store: store, passwords: passwords, tokens: TokenAuthority(keys),
                throttle: throttle, mail: MailWriter(keys: nil, throttle: throttle),
                vault: vault, recorder: EventRecorder(vault: vault),
                rules: .standard(website: .configured(website)),
                now: { clock.now }),
            configuration: configuration, table: table, requests: Unlogged())
    }

    /// Derivations, before each of which the schedule may switch.
    private struct Turns: HashingGate {
        let workers: SimulatedWorkers

        func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value {
            _ = workers.halt(.beforeDerivation)
            return work()
        }
    }

    /// Discards all lines.
    private final class Unlogged: RequestLog {
        func isEnabled(for listener: ListenerRole) -> Bool { false }
        func write(_ request: borrowing AccessLogEntry) {}
    }
}
