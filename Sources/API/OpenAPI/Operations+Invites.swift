import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What lets people in without approval.
    static let invites = [
        Operation(
            method: .get, path: "/auth/invites", id: "invites", summary: "Invitations",
            tag: .invites, caller: .administrator(.administration), parameters: .page,
            answers: [.json(.ok, "Invitations, without their codes", .page(of: .named(.invite)))],
            errors: [.invalidRequest]),
        Operation(
            method: .post, path: "/auth/invites", id: "createInvite", summary: "Invite somebody",
            tag: .invites,
            description: """
                The code is shown in this answer and never again. With `email`, it is mailed there \
                and good for that address alone, once. Only the owner invites administrators, and \
                only as a person, without an API key.
                """,
            caller: .administrator(.administration),
            body: OperationBody(
                schema: .options([
                    "email": .email.orNull.example(.string("grace@example.com")),
                    "role": .oneOf(["admin", "member", "user"]).orNull.byDefault(.string("member")),
                    "tier": .oneOf(Account.Tier.self).orNull.byDefault(.string("free")),
                    "maxUses": .integer(Invite.useBounds).orNull.byDefault(.integer(1)),
                    "expiresIn": .lifetimeOfInvite.described("Up to a year; 7 days without one"),
                ]), isRequired: false),
            answers: [
                .json(
                    .created, "The invitation",
                    .all(of: [
                        .named(.invite),
                        .object([
                            "code": .string(pattern: "^[A-Za-z0-9_-]{22}$").described(
                                "For `invite` of `POST /auth/register`"),
                            "link": .string(format: "uri").described(
                                "Where somebody opens their account with it"),
                        ]),
                    ]))
            ], errors: [.emailTaken, .apiKeyNotAllowed]),
        Operation(
            method: .patch, path: "/auth/invites/{id}", id: "updateInvite",
            summary: "Pause an invitation", tag: .invites,
            description: "Or let it go on, with `paused` false.",
            caller: .administrator(.person),
            body: OperationBody(schema: .changes(["paused": .boolean]), isRequired: false),
            answers: [.json(.ok, "As it is now", .named(.invite))], errors: [.apiKeyNotAllowed]),
        Operation(
            method: .delete, path: "/auth/invites/{id}", id: "deleteInvite",
            summary: "Remove an invitation", tag: .invites,
            description: "Accounts that were made with it stay.", caller: .administrator(.person),
            answers: [.json(.ok, "It is gone", .named(.success))]),
    ]
}
