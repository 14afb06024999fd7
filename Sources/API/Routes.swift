import Crypto
import HTTP

/// One method of one path.
final class Route: Sendable {
    let method: Method
    let path: PathTemplate
    let lane: Lane
    let trait: Trait?
    let endpoint: @Sendable (Exchange) throws(Problem) -> Answer

    init(
        _ method: Method, _ path: String, on lane: Lane, where trait: Trait? = nil,
        _ endpoint: @escaping @Sendable (Exchange) throws(Problem) -> Answer
    ) {
        self.method = method
        self.path = PathTemplate(path)
        self.lane = lane
        self.trait = trait
        self.endpoint = endpoint
    }

    /// What sets a route apart.
    enum Trait {
        /// GET changes something: HEAD is refused.
        case acts
        /// A page of ours posts here: a body may be a form instead of JSON.
        case takesForms
        /// The request is one that a proxy asks about: it changes nothing here, whatever its method,
        /// and may come from any site.
        case asks
    }

    /// Everything this server answers.
    ///
    /// The first is found soonest. HEAD is answered wherever GET is, except where it would act.
    static func table() -> [Route] {
        [
            Route(.get, "/auth/me", on: .loop, Endpoints.me),
            Route(.get, "/auth/verify", on: .loop, Endpoints.verify),
            Route(.get, "/health", on: .loop, Endpoints.health),
            Route(.get, "/auth/config", on: .loop, Endpoints.config),
            Route(.get, "/auth/setup/exists", on: .loop, Endpoints.setupExists),
            Route(.post, "/auth/config/update", on: .store, Endpoints.updateConfig),
            Route(.get, "/auth/logout", on: .store, where: .acts, Endpoints.logout),
            Route(.post, "/auth/logout", on: .store, where: .acts, Endpoints.logout),
            Route(.post, "/auth/login", on: .hashing, Endpoints.login),
            Route(.post, "/auth/signup", on: .hashing, Endpoints.signup),
            Route(.post, "/auth/register", on: .hashing, Endpoints.register),
            Route(.post, "/auth/setup", on: .hashing, Endpoints.setup),
        ]
            + Method.allCases.map {
                Route(
                    $0, "\(Endpoints.verifyPrefix){rest}", on: .loop, where: .asks,
                    Endpoints.verifyUnderPrefix)
            }
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
