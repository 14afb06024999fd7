import Auth
import HTTP
import Web

extension Endpoints {
    /// What another account signs in with, and its rescue after a loss.
    static let userFactors = [
        Endpoint(
            .get, "/auth/users/{id}/factors",
            .init(on: .store, access: .administrator(.administration)), handler: userFactors,
            Operation(
                id: "userFactors", summary: "What an account signs in with", tag: .users,
                responses: [.json(.ok, "All of it, without secrets", .named(.factors))])),
        Endpoint(
            .delete, "/auth/users/{id}/factors",
            .init(on: .store, access: .administrator(.person)), handler: resetFactors,
            Operation(
                id: "resetFactors", summary: "Remove the second factors of an account",
                tag: .users,
                description: """
                    For a person who lost them: ends all sessions and the trust of all browsers, and \
                    a mail reports it; the password stays. Requires a fresh proof. Administrators are \
                    rescued by the owner alone; your own factors are removed one by one.
                    """,
                responses: [.json(.ok, "They are removed", .named(.success))],
                errors: [.reauthenticationRequired, .noSecondFactor])),
    ]

    private static func userFactors(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let overview = try context.domain { service throws(AuthError) in
            try service.factors.overview(of: id, by: .caller(caller))
        }
        return context.json(.ok, overview.json)
    }

    private static func resetFactors(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.factors.reset(of: id, by: .caller(caller))
        }
        return context.success()
    }
}
