import Crypto
import HTTP

/// One method of one path.
///
/// Confined to the responder in whose table it stands.
final class Route {
    let entrance: Entrance
    let method: Method
    let path: [UInt8]
    let lane: Lane
    /// Whether HEAD would change something: it is a safe method, and GET here is not.
    let refusesHead: Bool
    let endpoint: @Sendable (Exchange) throws(Problem) -> Answer
    /// How most requests are answered; found without looking through the others.
    let usualAnswers: AnswerSeries
    /// How the others were, each way once it happened.
    var otherAnswers: [AnswerSeries] = []

    init(
        _ method: Method, _ path: String, at entrance: Entrance = .site, on lane: Lane,
        refusesHead: Bool = false,
        _ endpoint: @escaping @Sendable (Exchange) throws(Problem) -> Answer
    ) {
        self.entrance = entrance
        self.method = method
        self.path = Array(path.utf8)
        self.lane = lane
        self.refusesHead = refusesHead
        self.endpoint = endpoint
        usualAnswers = AnswerSeries(route: path, method: method, status: .ok, code: nil)
    }

    /// Everything this server answers.
    ///
    /// HEAD is answered wherever GET is, except where it would act.
    static func table() -> [Route] {
        [
            Route(.get, "/health", on: .loop, Endpoints.health),
            Route(.get, "/auth/me", on: .loop, Endpoints.me),
            Route(.get, "/auth/config", on: .loop, Endpoints.config),
            Route(.get, "/auth/setup/exists", on: .loop, Endpoints.setupExists),
            Route(.post, "/auth/config/update", on: .store, Endpoints.updateConfig),
            Route(.get, "/auth/logout", on: .store, refusesHead: true, Endpoints.logout),
            Route(.post, "/auth/logout", on: .store, Endpoints.logout),
            Route(.post, "/auth/login", on: .hashing, Endpoints.login),
            Route(.post, "/auth/signup", on: .hashing, Endpoints.signup),
            Route(.post, "/auth/register", on: .hashing, Endpoints.register),
            Route(.post, "/auth/setup", on: .hashing, Endpoints.setup),

            Route(.get, "/livez", at: .admin, on: .loop, Endpoints.livez),
            Route(.get, "/readyz", at: .admin, on: .store, Endpoints.readyz),
            Route(.get, "/metrics", at: .admin, on: .store, Endpoints.metrics),
        ]
    }
}

/// What an endpoint answers.
struct Answer {
    let response: Response
    /// Whose request it was, for the log.
    let account: UUID?

    init(_ response: Response, account: UUID? = nil) {
        self.response = response
        self.account = account
    }
}

/// The endpoints, one a file.
enum Endpoints {}
