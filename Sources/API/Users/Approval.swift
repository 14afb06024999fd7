import Auth
import HTTP
import Web

extension Endpoints {
    /// Approving and declining accounts that wait.
    static let approval = [
        decision(
            "approve", .administration, "Approve an account that waits",
            "Also succeeds when the account is active already.",
            .json(.ok, "As it is now", .named(.account)), handler: approve),
        decision(
            "decline", .person, "Decline an account that waits",
            "Also succeeds when the account is deleted already.",
            .json(.ok, "It is deleted", .named(.success)), handler: decline),
    ]

    private static func decision(
        _ name: String, _ access: Access, _ summary: String, _ description: String,
        _ response: Operation.Success,
        handler: @escaping @Sendable (RequestContext, Approver) throws(RequestError) -> Response
    ) -> Endpoint {
        Endpoint(
            .post, "/auth/users/{id}/\(name)",
            .init(on: .store, access: .administratorOrLink(access), [.secretBody, .proofInForm]),
            handler: handler,
            Operation(
                id: "\(name)User", summary: summary, tag: .users,
                description: """
                    A mail notifies the person. For administrators, and with `token` for the client \
                    that has the link that the owner was mailed. An administrator with a second factor \
                    proves it first. \(description)
                    """,
                body: .optional(.options(["token": .string().orNull])),
                responses: [response],
                errors: [.notPending, .invalidLink, .reauthenticationRequired]))
    }

    private static func approve(
        _ context: RequestContext, _ approver: Approver
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let account = try context.domain { service throws(AuthError) in
            try service.administration.approve(id, by: approver)
        }
        return context.json(.ok, account.json)
    }

    private static func decline(
        _ context: RequestContext, _ approver: Approver
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.administration.decline(id, by: approver)
        }
        return context.success()
    }
}
