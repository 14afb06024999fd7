import API
import Auth
import Crypto
import HTTP
import Pages
import TestSupport
import Testing
import Web

/// How a server under test is configured, and who has an account.
struct Site: Sendable {
    var people = Person.allCases
    var website = "http://localhost:8080"
    var cookie = SessionCookie(name: "session_token", sameSite: .lax)
    var loginPage = "/login"
    var allowedOrigins: [String] = []
    var forwarding = ProxyTrust.Fields.xForwarded
    var isThrottled = true
    var sendsMail = true
    var setupCode = "the-setup-code"
    /// Whether the other end of every connection belongs to the user that the server runs as.
    var isAskedByOwnUser = true
    /// Whether there are pages beside those that mails lead to.
    var hasPages = true
    var slidesSessions = false
    var clearSiteData: [ClearSiteData] = []
    var logoutRedirect = "/login"
    /// Where a browser may go on after sign-in.
    var returnOrigins: [String] = []
    var monitoring = Monitoring()
    /// Which requests are the doctor's.
    var probes = ProbeGate()
    /// Changes what the JWTs of people say, before they are signed.
    var editClaims: @Sendable (inout Claims) -> Void = { _ in }

    /// Every route, as a server has them.
    static let routes = (try? Site().table().entries) ?? []

    /// The endpoints and the pages, joined.
    func table() throws -> RouteTable {
        try RouteTable(endpoints: Endpoints.all(api), pages: Pages.all(pages))
    }

    /// What the pages are configured with.
    var pages: PagesConfiguration {
        PagesConfiguration(
            version: "1.2.3", logoutRedirect: logoutRedirect,
            clearSiteData: clearSiteData.fieldValue, isEnabled: hasPages)
    }

    /// What single endpoints are configured with.
    var api: APIConfiguration {
        APIConfiguration(
            version: "1.2.3", logoutRedirect: logoutRedirect, clearSiteData: clearSiteData,
            loginPage: loginPage, hasPages: hasPages, monitoring: monitoring, probes: probes)
    }

    /// Who may set it up.
    var setupPermission: SetupPermission {
        SetupPermission(
            code: SetupCode(setupCode),
            isOwnUser: { [isAskedByOwnUser] _ in isAskedByOwnUser })
    }
}

/// The endpoints of one server, without sockets.
final class Harness {
    let world: World
    let log = CapturedLog()
    let api: APIConfiguration
    let configuration: WebConfiguration
    let responder: WebResponder
    /// What the server answers at.
    let routes: [RouteTable.Entry]
    private let site: Site
    private var credentials: [Person: Credentials] = [:]
    private var keys: [String: String] = [:]
    private var devices: [Person: String] = [:]
    /// What must never be in the log.
    private(set) var secrets: Set<String> = [Person.password]

    init(_ site: Site = Site()) throws {
        let website = try #require(Origin(site.website))
        var rules = AuthService.Rules.standard(website: .configured(website))
        rules.slidesSessions = site.slidesSessions
        world = try World(
            people: site.people, isThrottled: site.isThrottled, sendsMail: site.sendsMail,
            rules: rules,
            profile: { $0.encodedProfile })
        let proxies = try ["127.0.0.1/32", "::1/128"].map {
            try #require(AddressPrefix(parsing: $0.utf8))
        }
        let clock = world.clock
        api = site.api
        let pages = site.pages
        configuration = WebConfiguration(
            cookie: site.cookie,
            proxies: LiveProxyTrust(ProxyTrust(proxies: proxies, fields: site.forwarding)),
            setupPermission: site.setupPermission,
            allowedOrigins: site.allowedOrigins.compactMap { AllowedOrigin($0) },
            returnOrigins: ReturnOrigins(site.returnOrigins.compactMap(ReturnOrigin.init)),
            logger: log.logger, showsErrorPages: site.hasPages, errorPage: Pages.error(pages),
            monotonic: { clock.monotonic })
        let table = try RouteTable(endpoints: Endpoints.all(api), pages: Pages.all(pages))
        routes = table.entries
        responder = try WebResponder(
            service: world.service(), configuration: configuration,
            table: table, requests: log.requests)
        self.site = site
        if !site.setupCode.isEmpty { secrets.insert(site.setupCode) }
    }

    /// Answers a request as the server would: from its bytes, lane by lane.
    func send(
        _ text: String, from peer: Peer = .remote, through listener: ListenerRole = .public
    ) throws -> ReceivedAnswer {
        let request: Request
        do {
            request = try Request(wire: resolve(text), from: peer, through: listener)
        } catch let error as MessageError {
            return ReceivedAnswer(responder.refuse(.message(error), request: nil))
        }
        if request.body.count > 2 { secrets.insert(String(decoding: request.body, as: UTF8.self)) }
        if let query = request.query {
            secrets.insert("?" + String(decoding: query, as: UTF8.self))
        }
        if !request.body.isEmpty, let refusal = responder.screen(request) {
            return ReceivedAnswer(refusal)
        }
        guard request.body.count <= 65_536 else {
            return ReceivedAnswer(responder.refuse(.message(.contentTooLarge), request: request))
        }
        return remember(ReceivedAnswer(answer(request, on: .loop)))
    }

    private func answer(_ request: Request, on lane: Lane) -> Response {
        switch responder.respond(to: request, on: lane) {
        case .answer(let response): return response
        case .forward(let other, _):
            guard other != lane, other != .loop else {
                Issue.record("forwarded in a circle")
                return Response(status: .internalServerError)
            }
            return answer(request, on: other)
        }
    }

    /// Puts the credentials and ids of people in their places: `{owner.cookie}`, `{admin.token}`,
    /// `{member.key}`, `{customer.readKey}`, `{customer.id}`, the cookie `{customer.device}`; and the ids of their sessions:
    /// `{owner.session}`.
    private func resolve(_ text: String) throws -> String {
        var text = text
        for person in Person.allCases where text.contains("{\(person).") {
            text.replace("{\(person).id}", with: world.account(person.email)?.id.description ?? "")
            let known =
                try credentials[person]
                ?? world.signIn(person.email) { claims, _ in
                    site.editClaims(&claims)
                }
            credentials[person] = known
            secrets.formUnion([known.cookie, known.token])
            text.replace("{\(person).cookie}", with: known.cookie)
            text.replace("{\(person).token}", with: known.token)
            text.replace("{\(person).session}", with: known.session.id.description)
            if text.contains("{\(person).device}") {
                let device = try devices[person] ?? signIn(person)
                devices[person] = device
                text.replace("{\(person).device}", with: device)
            }
            for (word, scopes) in [
                ("key", .standard), ("adminKey", .admin),
                ("fullKey", [.read, .write, .admin]), ("readKey", .read), ("writeKey", .write),
            ] as [(String, APIKey.Scopes)] {
                let place = "{\(person).\(word)}"
                guard text.contains(place) else { continue }
                let key = try keys[place] ?? world.makeKey(of: person.email, scopes: scopes).text
                keys[place] = key
                secrets.insert(key)
                text.replace(place, with: key)
            }
        }
        return text
    }

    /// Signs a person in from another client, for the cookie of the device.
    private func signIn(_ person: Person) throws -> String {
        let answer = try send(
            Scenario.login("\(person)"), from: .address(.v6(high: 1, low: 1), port: 1))
        return String(try #require(answer.deviceCookie).prefix { $0 != ";" })
    }

    /// Keeps the credentials that an answer hands out, to find them in the log if they are there.
    private func remember(_ answer: ReceivedAnswer) -> ReceivedAnswer {
        let name = site.cookie.name + "="
        if let cookie = answer["Set-Cookie"]?.dropFirst(name.count).prefix(while: { $0 != ";" }),
            !cookie.isEmpty
        {
            secrets.insert(String(cookie))
        }
        for start in ["\"token\":\"", "\"key\":\"", "?invite="] {
            guard let secret = answer.body.firstRange(of: start) else { continue }
            secrets.insert(String(answer.body[secret.upperBound...].prefix { $0 != "\"" }))
        }
        return answer
    }
}

extension RouteTable.Entry: CustomTestStringConvertible {
    /// The method and the path.
    public var testDescription: String { "\(method.rawValue) \(path)" }
}
