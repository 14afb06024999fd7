import Crypto
import HTTP

/// One method of one path.
final class Route: Sendable {
    let method: Method
    let path: [UInt8]
    let lane: Lane
    let endpoint: @Sendable (Exchange) throws(Problem) -> Answer

    init(
        _ method: Method, _ path: String, on lane: Lane,
        _ endpoint: @escaping @Sendable (Exchange) throws(Problem) -> Answer
    ) {
        self.method = method
        self.path = Array(path.utf8)
        self.lane = lane
        self.endpoint = endpoint
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
            Route(.get, "/auth/logout", on: .store, Endpoints.logout),
            Route(.post, "/auth/logout", on: .store, Endpoints.logout),
            Route(.post, "/auth/login", on: .hashing, Endpoints.login),
            Route(.post, "/auth/signup", on: .hashing, Endpoints.signup),
            Route(.post, "/auth/register", on: .hashing, Endpoints.register),
            Route(.post, "/auth/setup", on: .hashing, Endpoints.setup),
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
