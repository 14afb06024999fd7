import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// All accounts.
    static let users = [
        Endpoint(
            .get, "/auth/users", .init(on: .store, access: .administrator(.administration)),
            handler: listUsers,
            Operation(
                id: "users", summary: "Accounts", tag: .users,
                parameters: [
                    Operation.Parameter(
                        "status", in: .query, "Only those of this status",
                        .oneOf(Account.Status.self), isEmptyIgnored: true),
                    Operation.Parameter(
                        "role", in: .query, "Only those of this role",
                        .oneOf(Account.Role.self), isEmptyIgnored: true),
                    Operation.Parameter(
                        "emailVerified", in: .query,
                        "Only those whose address is confirmed, or only those whose is not",
                        .boolean, isEmptyIgnored: true),
                    Operation.Parameter(
                        "sort", in: .query,
                        "The order; a cursor is good for the order of its response alone",
                        .oneOf(AccountSort.self).byDefault(.string(AccountSort.newest.rawValue)),
                        isEmptyIgnored: true),
                    Operation.Parameter(
                        "query", in: .query,
                        """
                        Words, each of which begins a word of the name or a part of the email, in \
                        upper or lower case, with its accents; one with `@` begins the email, or its \
                        domain. The first \(SearchTerms.maximumSought) count
                        """,
                        .string(
                            length: 0...AccountQuery.maximumTextLength, pattern: #"^[^\u0000]*$"#)),
                ] + .page,
                responses: [.json(.ok, "The accounts", .page(of: .named(.account)))],
                errors: [.invalidRequest])),
        Endpoint(
            .get, "/auth/users/{id}", .init(on: .store, access: .administrator(.administration)),
            handler: user,
            Operation(
                id: "user", summary: "One account", tag: .users,
                responses: [.json(.ok, "The account", .named(.account))])),
        Endpoint(
            .patch, "/auth/users/{id}", .init(on: .store, access: .administrator(.administration)),
            handler: updateUser,
            Operation(
                id: "updateUser", summary: "Change an account", tag: .users,
                description: """
                    An omitted member keeps its value. Disabling ends all sessions; making a waiting \
                    account active approves it. Only the owner makes administrators and changes \
                    them. An API key changes `tier` and `status` alone; a person needs a fresh \
                    proof for everything but `name`. Unknown members are refused.
                    """,
                body: .optional(
                    .changes([
                        "status": .oneOf(["active", "disabled"]).orNull,
                        "tier": .oneOf(Account.Tier.self).orNull,
                        "role": .oneOf(Account.Role.self).orNull,
                        "name": .name.orNull,
                        "emailVerified": .boolean.orNull.described(
                            "You vouch that the address is the person's; not with an API key"),
                    ])),
                responses: [.json(.ok, "As it is now", .named(.account))],
                errors: [.ownerProtected, .apiKeyNotAllowed, .reauthenticationRequired])),
        Endpoint(
            .delete, "/auth/users/{id}", .init(on: .store, access: .administrator(.person)),
            handler: deleteUser,
            Operation(
                id: "deleteUser", summary: "Delete an account", tag: .users,
                description:
                    "With its sessions and API keys, which are refused before the response is sent.",
                responses: [.json(.ok, "It is deleted", .named(.success))],
                errors: [.ownerProtected, .reauthenticationRequired])),
        Endpoint(
            .post, "/auth/users/{id}/unlock",
            .init(on: .store, access: .administrator(.person), [.secretBody]),
            handler: unlockUser,
            Operation(
                id: "unlockUser", summary: "Unlock an account after wrong passwords", tag: .users,
                description: """
                    Clears the wrong passwords counted at the account, everywhere; password, sessions \
                    and known devices stay. Owner and administrators are unlocked by the owner or \
                    themselves. Requires a fresh proof of an administrator with a second factor.
                    """,
                responses: [.json(.ok, "It is unlocked", .named(.success))],
                errors: [.reauthenticationRequired])),
        Endpoint(
            .post, "/auth/users/{id}/reset", .init(on: .store, access: .administrator(.person)),
            handler: resetUser,
            Operation(
                id: "resetUser", summary: "Mail a person a link that sets a new password",
                tag: .users,
                description: """
                    To the address of the account; the response contains neither link nor password. \
                    Limited per address like every mail that sets one.
                    """,
                responses: [.json(.accepted, "It will be mailed", .named(.success))],
                errors: [.accountDisabled, .emailUnverified, .mailNotConfigured])),
    ]

    private static func listUsers(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let query = try AccountQuery(query: context.request.query)
        let request = try PageRequest(query: context.request.query, of: query.sort)
        let page = try context.domain { service throws(AuthError) in
            try service.administration.users(matching: query, request)
        }
        return context.json(page, \.json)
    }

    private static func user(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let record = try context.domain { service throws(AuthError) in
            try service.administration.user(id)
        }
        return context.json(.ok, record.profile)
    }

    private static func updateUser(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.administration.changeAccount(id, AccountChange(body), by: .caller(caller))
        }
        return context.json(.ok, account.json)
    }

    private static func deleteUser(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        _ = try context.domain { service throws(AuthError) in
            try service.administration.deleteAccount(id, by: .caller(caller))
        }
        return context.success()
    }

    private static func unlockUser(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            _ = try service.administration.unlock(id, by: .caller(caller))
        }
        return context.success()
    }

    private static func resetUser(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.administration.sendPasswordReset(to: id, by: .caller(caller))
        }
        return context.success(.accepted)
    }
}
