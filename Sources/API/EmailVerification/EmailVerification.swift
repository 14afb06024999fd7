import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Confirming, rejecting and changing the address of an account.
    ///
    /// Mail scanners open links: their GET shows a page, whose buttons post here.
    static let emailVerification = [
        Endpoint(
            .post, "/auth/email/verify",
            .init(
                on: .hashing, access: .optionalCredentials, limit: .login,
                [.secretBody, .proofInForm]),
            handler: verifyEmail,
            Operation(
                id: "verifyEmail", summary: "Confirm an email", tag: .signIn,
                description: """
                    The link is valid for 24 hours, once. It proves the mailbox and not whose the \
                    account is: that requires a live session of the account, also while it waits, or \
                    its `password`, which counts like a login; one that is sent is always checked.
                    """,
                body: .required(
                    .object(
                        ["token": .string(), "password": .password.orNull],
                        optional: ["password"])),
                responses: [.json(.ok, "It is confirmed", .named(.success))],
                errors: [
                    .invalidLink, .emailTaken, .confirmationRequired, .invalidCredentials,
                    .tooManyRequests,
                ])),
        Endpoint(
            .post, "/auth/email/verify/reject", .init(on: .store, [.secretBody, .proofInForm]),
            handler: rejectEmail,
            Operation(
                id: "rejectEmail", summary: "Report that an account with your address is not yours",
                tag: .signIn,
                description: """
                    For links to the present address of an account. An account that was never \
                    confirmed and never approved is deleted; another one of role `user` or `member` \
                    is disabled, and the owner notified; that of an owner or administrator is \
                    reported to the operator.
                    """,
                body: .required(.object(["token": .string()])),
                responses: [.json(.ok, "It is recorded", .named(.success))],
                errors: [.invalidLink])),
        Endpoint(
            .post, "/auth/email/verify/resend",
            .init(on: .store, access: .account(.person), limit: .mail, [.needsMail]),
            handler: resendVerification,
            Operation(
                id: "resendVerification",
                summary: "Send the link again that confirms your email", tag: .account,
                responses: [
                    .json(.ok, "The address is confirmed already", .named(.success)),
                    .json(.accepted, "A link is on its way", .named(.success)),
                ])),
        Endpoint(
            .post, "/auth/email/change",
            .init(
                on: .hashing, access: .account(.person), limit: .mail, [.needsMail, .secretBody]),
            handler: changeEmail,
            Operation(
                id: "changeEmail", summary: "Change your email", tag: .account,
                description: """
                    Mails a link to the new address, which becomes the account's when you use it; \
                    the old one is notified then. The response is the same when the address is taken. \
                    Requires the `password`, with a second factor also a fresh proof, and without a \
                    password that proof alone.
                    """,
                body: .required(
                    .object(
                        [
                            "email": .email.example(.string("ada@example.org")),
                            "password": .password.orNull,
                        ], optional: ["password"])),
                responses: [.json(.accepted, "A link is on its way", .named(.success))],
                errors: [.wrongPassword, .reauthenticationRequired, .pendingApproval])),
        Endpoint(
            .post, "/auth/email/change/cancel", .init(on: .store, [.secretBody, .proofInForm]),
            handler: cancelEmailChange,
            Operation(
                id: "cancelEmailChange", summary: "Cancel a change of email", tag: .signIn,
                description: "For links to the new address of an account.",
                body: .required(.object(["token": .string()])),
                responses: [.json(.ok, "The account keeps its address", .named(.success))],
                errors: [.invalidLink])),
    ]

    private static func verifyEmail(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.email.verifyEmail(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext, presented: context.credential)
        }
        return EndpointResult(context.success(), account: account)
    }

    private static func rejectEmail(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let rejection = try context.domain { service throws(AuthError) in
            try service.email.rejectEmail(token: body.text("token"))
        }
        context.log(rejection)
        return EndpointResult(context.success())
    }

    private static func resendVerification(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let isSent = try context.domain { service throws(AuthError) in
            try service.email.resendVerification(to: caller)
        }
        return context.success(isSent ? .accepted : .ok)
    }

    private static func changeEmail(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        try context.domainWithCredentials { service throws(AuthError) in
            try service.email.changeEmail(
                to: body.text("email"), password: body.text("password"), by: caller,
                from: context.clientContext)
        }
        return context.success(.accepted)
    }

    private static func cancelEmailChange(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.email.cancelEmailChange(token: body.text("token"))
        }
        return EndpointResult(context.success())
    }
}
