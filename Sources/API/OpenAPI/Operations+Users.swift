import Auth
import HTTP
import Web

extension Operation {
    /// Everybody's accounts.
    static let users = [
        Operation(
            method: .get, path: "/auth/users", id: "users", summary: "Accounts", tag: .users,
            caller: .administrator(.administration),
            parameters: [
                OperationParameter(
                    name: "status", place: .query, description: "Only those of this status",
                    schema: .oneOf(Account.Status.self), isEmptyIgnored: true),
                OperationParameter(
                    name: "role", place: .query, description: "Only those of this role",
                    schema: .oneOf(Account.Role.self), isEmptyIgnored: true),
                OperationParameter(
                    name: "query", place: .query,
                    description: """
                        Words, each of which begins a word of the name or a piece of the email, in \
                        upper or lower case, with its accents; one with `@` begins the email, or \
                        its domain. The first \(SearchTerms.maximumSought) count
                        """,
                    schema: .string(length: 0...254, pattern: #"^[^\u0000]*$"#)),
            ] + .page,
            answers: [.json(.ok, "The accounts", .page(of: .named(.account)))],
            errors: [.invalidRequest]),
        Operation(
            method: .get, path: "/auth/users/{id}", id: "user", summary: "One account", tag: .users,
            caller: .administrator(.administration),
            answers: [.json(.ok, "The account", .named(.account))]),
        Operation(
            method: .patch, path: "/auth/users/{id}", id: "updateUser",
            summary: "Change an account",
            tag: .users,
            description: """
                What is left out keeps its value. Disabling ends all sessions; making a waiting \
                account active approves it. Only the owner makes administrators and changes them. \
                An API key changes `tier` and `status` alone. A member that is not known here is refused.
                """,
            caller: .administrator(.administration),
            body: OperationBody(
                schema: .changes([
                    "status": .oneOf(["active", "disabled"]).orNull,
                    "tier": .oneOf(Account.Tier.self).orNull,
                    "role": .oneOf(Account.Role.self).orNull,
                    "name": .name.orNull,
                    "emailVerified": .boolean.orNull.described(
                        "Your own word that the address is the person's; not with an API key"),
                ]), isRequired: false),
            answers: [.json(.ok, "As it is now", .named(.account))],
            errors: [.ownerProtected, .apiKeyNotAllowed]),
        Operation(
            method: .delete, path: "/auth/users/{id}", id: "deleteUser",
            summary: "Delete an account", tag: .users,
            description:
                "With its sessions and API keys, which are refused before the answer is sent.",
            caller: .administrator(.person),
            answers: [.json(.ok, "It is gone", .named(.success))],
            errors: [.ownerProtected]),
        Operation(
            method: .get, path: "/auth/users/{id}/decide", id: "decideUser",
            summary: "The page with both decisions", tag: .users,
            description: """
                Where the link leads that the owner is mailed about somebody who waits, once their \
                address is confirmed. Opening it decides nothing; its buttons post.
                """,
            parameters: [.linkToken], trait: .rendersHTML, answers: [.page("Approve or decline")],
            errors: [.invalidLink]),
        decision(
            "approve", .administration, "Let somebody in who waits",
            "Also fine when the account is active already.",
            .json(.ok, "As it is now", .named(.account))),
        decision(
            "decline", .person, "Remove somebody who waits",
            "Also fine when the account is gone already.",
            .json(.ok, "It is gone", .named(.success))),
        Operation(
            method: .post, path: "/auth/users/{id}/unlock", id: "unlockUser",
            summary: "Let somebody in whom wrong passwords lock out", tag: .users,
            description: """
                Clears what wrong passwords count at the account, everywhere; password, sessions and \
                known devices stay. Owner and administrators are unlocked by the owner or themselves.
                """,
            caller: .administrator(.person),
            answers: [.json(.ok, "It is unlocked", .named(.success))]),
        Operation(
            method: .post, path: "/auth/users/{id}/reset", id: "resetUser",
            summary: "Send somebody a link that sets a new password", tag: .users,
            description: """
                To the address of the account; the answer holds neither link nor password. Limited \
                for each address like every mail that sets one.
                """,
            caller: .administrator(.person),
            answers: [.json(.accepted, "It will be mailed", .named(.success))],
            errors: [.accountDisabled, .emailUnverified, .mailNotConfigured]),
    ]

    private static func decision(
        _ name: String, _ access: Access, _ summary: String, _ description: String,
        _ answer: OperationAnswer
    ) -> Operation {
        Operation(
            method: .post, path: "/auth/users/{id}/\(name)", id: "\(name)User", summary: summary,
            tag: .users,
            description: """
                The person is told by mail. For administrators, and with `token` for whoever has the \
                link that the owner was mailed. \(description)
                """,
            caller: .administrator(access),
            body: OperationBody(
                schema: .options(["token": .string().orNull]), isRequired: false),
            trait: .acceptsForm, answers: [answer], errors: [.notPending, .invalidLink])
    }
}

extension OperationParameter {
    /// The token in the link of a mail.
    static let linkToken = OperationParameter(
        name: "token", place: .query, description: "From the link", schema: .string(),
        isRequired: true)
}
