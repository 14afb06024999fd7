import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Invitations, which need no approval.
    static let invites = [
        Endpoint(
            .get, "/auth/invites", .init(on: .store, access: .administrator(.administration)),
            handler: listInvites,
            Operation(
                id: "invites", summary: "Invitations", tag: .invites, parameters: .page,
                responses: [
                    .json(.ok, "Invitations, without their codes", .page(of: .named(.invite)))
                ], errors: [.invalidRequest])),
        Endpoint(
            .post, "/auth/invites",
            .init(on: .store, access: .administrator(.administration), [.secretBody]),
            handler: createInvite,
            Operation(
                id: "createInvite", summary: "Create an invitation", tag: .invites,
                description: """
                    The code is shown in this response and never again. With `email`, it is mailed \
                    there and valid for that address alone, once. Only the owner invites \
                    administrators, and only in a session, without an API key. For administrators it \
                    requires a fresh proof, for others a fresh one of the second factor of who has it.
                    """,
                body: .optional(
                    .options([
                        "email": .email.orNull.example(.string("grace@example.com")),
                        "role": .oneOf(["admin", "member", "user"]).orNull
                            .byDefault(.string("member")),
                        "tier": .oneOf(Account.Tier.self).orNull.byDefault(.string("free")),
                        "maxUses": .integer(Invite.useBounds).orNull.byDefault(.integer(1)),
                        "expiresIn": .lifetimeOfInvite
                            .described("Up to a year; 7 days without one"),
                    ])),
                responses: [
                    .json(
                        .created, "The invitation",
                        .all(of: [
                            .named(.invite),
                            .object([
                                "code": .string(pattern: "^[A-Za-z0-9_-]{22}$").described(
                                    "For `invite` of `POST /auth/register`"),
                                "link": .string(format: "uri").described(
                                    "Where the invited person opens the account"),
                            ]),
                        ]))
                ], errors: [.emailTaken, .apiKeyNotAllowed, .reauthenticationRequired])),
        Endpoint(
            .patch, "/auth/invites/{id}", .init(on: .store, access: .administrator(.person)),
            handler: updateInvite,
            Operation(
                id: "updateInvite", summary: "Pause an invitation", tag: .invites,
                description: "`paused` false resumes it, with the proof that a new one takes.",
                body: .optional(.changes(["paused": .boolean])),
                responses: [.json(.ok, "As it is now", .named(.invite))],
                errors: [.apiKeyNotAllowed, .reauthenticationRequired])),
        Endpoint(
            .delete, "/auth/invites/{id}", .init(on: .store, access: .administrator(.person)),
            handler: deleteInvite,
            Operation(
                id: "deleteInvite", summary: "Delete an invitation", tag: .invites,
                description: "Accounts that were opened with it stay.",
                responses: [.json(.ok, "It is deleted", .named(.success))])),
    ]

    private static func listInvites(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.invites.invites(request)
        }
        return context.json(page, \.json)
    }

    private static func createInvite(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        let new = try context.domain { service throws(AuthError) in
            try service.invites.createInvite(InviteRequest(body), by: .caller(caller))
        }
        var object = JSONObject()
        object.add("code", .string(new.code))
        object.add("link", .string(new.link))
        return context.json(.created, new.invite.members(of: object))
    }

    private static func updateInvite(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let paused = body.flag("paused", &objections)
        objections += body.objections(toOthersThan: ["paused"])
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        let invite = try context.domain { service throws(AuthError) in
            try service.invites.setInvite(id, paused: paused, by: .caller(caller))
        }
        return context.json(.ok, invite.json)
    }

    private static func deleteInvite(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.invites.removeInvite(id, by: .caller(caller))
        }
        return context.success()
    }
}
