import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// All accounts for the owner, without what they are proven with.
    static let accountExport = [
        Endpoint(
            .get, "/auth/export", .init(on: .store, access: .administrator(.person)),
            handler: exportAccounts,
            Operation(
                id: "exportAccounts", summary: "All accounts, for the owner", tag: .users,
                description: """
                    Oldest first, page by page, without password hashes, second factors and API keys: those \
                    leave the server by `lunauth export` alone. Each page is recorded as an export.
                    """,
                parameters: .page,
                responses: [.json(.ok, "A page", .page(of: .exportedAccount))],
                errors: [.invalidRequest]))
    ]

    private static func exportAccounts(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let request = try PageRequest(query: context.request.query, of: .oldest)
        let page = try context.domain { service throws(AuthError) in
            try service.transfer.accounts(request, by: .caller(caller))
        }
        return context.json(page, \.exported)
    }
}

extension Account {
    /// An account with when it was confirmed and approved.
    fileprivate var exported: JSONObject {
        var object = json
        object.add("emailVerifiedAt", .time(emailVerifiedAt))
        object.add("approvedAt", .time(approvedAt))
        return object
    }
}

extension Schema {
    /// An account of the export.
    fileprivate static let exportedAccount = all(of: [
        .named(.account),
        .object([
            "emailVerifiedAt": time.orNull,
            "approvedAt": time.orNull.described("When an administrator first let it in"),
        ]),
    ])
}
