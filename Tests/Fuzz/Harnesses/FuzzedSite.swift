import API
import Auth
import HTTP
import Logging
import Pages
import Synchronization
import TestSupport
import Web

/// The endpoints of a server with a memory store that is reset for every input.
final class FuzzedSite {
    private let world: World
    private let responder: WebResponder
    private let placeholders: Placeholders
    /// The stored state before an input: with all accounts, and before setup.
    private let settled: Memory
    private let fresh: Memory

    private static let shared = Mutex<FuzzedSite?>(nil)

    /// Passes the shared instance of this process, since creating one costs more than most inputs.
    static func run(_ body: (FuzzedSite) throws(BrokenProperty) -> Void) throws(BrokenProperty) {
        try shared.withLock { (site) throws(BrokenProperty) in
            let lent: FuzzedSite
            if let site {
                lent = site
            } else {
                lent = try FuzzedSite()
                site = lent
            }
            try body(lent)
        }
    }

    private init() throws(BrokenProperty) {
        do {
            guard let website = Origin("http://localhost:8080"),
                let proxies = AddressPrefix(parsing: "127.0.0.1/32".utf8)
            else { throw BrokenProperty("no site") }
            world = try World(
                isThrottled: false, rules: .standard(website: .configured(website)),
                profile: { $0.encodedProfile })
            fresh = MemoryStore(clock: world.clock, profile: { _ in [] }).memory
            placeholders = try Placeholders(fillingIn: world)
            settled = world.store.memory
            let clock = world.clock
            let api = APIConfiguration(
                version: "0", logoutRedirect: "/login",
                loginPage: "/login",
                monitoring: Monitoring())
            let pages = PagesConfiguration(version: "0", logoutRedirect: "/login")
            responder = try WebResponder(
                service: world.service(),
                configuration: WebConfiguration(
                    cookie: SessionCookie(name: "session_token", sameSite: .lax),
                    proxies: LiveProxyTrust(ProxyTrust(proxies: [proxies], fields: .xForwarded)),
                    setupPermission: SetupPermission(
                        code: SetupCode("the-setup-code"), isOwnUser: { _ in true }),
                    logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() },
                    errorPage: Pages.error(pages), monotonic: { clock.monotonic }),
                table: RouteTable(endpoints: Endpoints.all(api), pages: Pages.all(pages)),
                requests: Silence())
        } catch let error as BrokenProperty {
            throw error
        } catch {
            throw BrokenProperty("no site: \(error)")
        }
    }

    /// Resets the stored state.
    ///
    /// - Parameter isFresh: Whether no account exists yet.
    func begin(isFresh: Bool = false) {
        let memory = isFresh ? fresh : settled
        world.store.change { $0 = memory }
    }

    /// Some bytes with `{owner.token}` and other placeholders replaced.
    func filled(_ input: [UInt8]) -> [UInt8] { placeholders.replaced(in: input) }

    /// Answers a request like the server, lane by lane, and checks the response.
    func answer(_ request: Request) throws(BrokenProperty) {
        if !request.body.isEmpty, let refusal = responder.screen(request) {
            return try ResponseRules.check(refusal, refuses: true)
        }
        var lane = Lane.loop
        for _ in 0..<3 {
            switch responder.respond(to: request, on: lane) {
            case .answer(let response): return try ResponseRules.check(response)
            case .forward(let other, _): lane = other
            }
        }
        throw BrokenProperty("handed from lane to lane")
    }

    /// Renders a refusal of the parser, and checks it.
    func refuse(_ error: MessageError) throws(BrokenProperty) {
        try ResponseRules.check(responder.refuse(.message(error), request: nil), refuses: true)
    }

    private final class Silence: RequestLog {
        func isEnabled(for listener: ListenerRole) -> Bool { true }
        func write(_ request: borrowing AccessLogEntry) {}
    }
}
