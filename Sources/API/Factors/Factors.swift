import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// What an account signs in with, beside what the folders of single factors have.
    static let factors = [
        Endpoint(
            .get, "/auth/factors", .init(on: .store, access: .activeAccount(.person)),
            handler: listFactors,
            Operation(
                id: "factors", summary: "What you sign in with", tag: .factors,
                responses: [.json(.ok, "All of it, without secrets", .named(.factors))])),
        Endpoint(
            .post, "/auth/recovery-codes",
            // A form may carry a proof: a password, or a code with one.
            .init(
                on: .hashing, access: .activeAccount(.person), limit: .passwordCheck, [.secretBody]),
            handler: replaceRecoveryCodes,
            Operation(
                id: "replaceRecoveryCodes", summary: "Make new recovery codes", tag: .factors,
                description: "The former ones end; a mail reports it. Each is good once.",
                body: .optional(.object([:])),
                responses: [
                    .json(
                        .ok, "The codes, shown once",
                        .object(["recoveryCodes": .recoveryCodes]))
                ], errors: [.reauthenticationRequired, .noSecondFactor])),
        Endpoint(
            .delete, "/auth/totp", .init(on: .store, access: .activeAccount(.person)),
            handler: removeTOTP,
            Operation(
                id: "removeTotp", summary: "Remove your authenticator app", tag: .factors,
                description: "Ends the trust of all browsers; a mail reports it.",
                responses: [.json(.ok, "It is removed", .named(.success))],
                errors: [.reauthenticationRequired, .noSecondFactor])),
        Endpoint(
            .delete, "/auth/password", .init(on: .store, access: .activeAccount(.person)),
            handler: removePassword,
            Operation(
                id: "removePassword", summary: "Sign in with passkeys alone", tag: .factors,
                description: """
                    Needs a passkey whose device verifies its user. Ends all other sessions and the \
                    trust of all browsers; a mail reports it.
                    """,
                responses: [.json(.ok, "The password is removed", .named(.success))],
                errors: [
                    .reauthenticationRequired, .notFound, .lastSignInMethod, .passkeysUnavailable,
                ])),
    ]

    private static func listFactors(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let overview = try context.domain { service throws(AuthError) in
            try service.factors.overview(of: caller)
        }
        return context.json(.ok, overview.json)
    }

    private static func replaceRecoveryCodes(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let codes = try context.domain { service throws(AuthError) in
            try service.factors.replaceRecoveryCodes(by: caller, from: context.clientContext)
        }
        return context.enrolled(.ok, JSONObject(), codes, nil)
    }

    private static func removeTOTP(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        try context.domain { service throws(AuthError) in
            try service.factors.removeTOTP(by: caller, from: context.clientContext)
        }
        return context.success()
    }

    private static func removePassword(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        try context.domain { service throws(AuthError) in
            try service.factors.removePassword(by: caller, from: context.clientContext)
        }
        return context.success()
    }
}
