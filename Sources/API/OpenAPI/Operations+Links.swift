import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What the links in mails lead to.
    ///
    /// Mail scanners open links: a GET shows a page whose button posts.
    static let links = [
        Operation(
            method: .post, path: "/auth/password/forgot", id: "forgotPassword",
            summary: "Ask for a link that sets a new password", tag: .signIn,
            description:
                "The same answer in the same time, whether or not anybody has the address.",
            body: OperationBody(
                schema: .object(["email": .string().example(.string("ada@example.com"))])),
            answers: [
                .json(.accepted, "If somebody has it, a link is on its way", .named(.success))
            ], errors: [.mailNotConfigured, .tooManyRequests]),
        Operation(
            method: .get, path: "/auth/password/reset", id: "resetPasswordPage",
            summary: "The page that asks for a new password", tag: .signIn,
            parameters: [.anyLinkToken], trait: .sameOrigin, answers: [.page("A form")]),
        Operation(
            method: .post, path: "/auth/password/reset", id: "resetPassword",
            summary: "Set a new password", tag: .signIn,
            description: """
                Ends all that predates it: sessions, API keys, known devices, links, open invitations; \
                a mail says how many. The link is good for 30 minutes, once; that of a mail to confirm \
                the present address does, too. Neither sets the password of an owner or administrator \
                whose address was never confirmed.
                """,
            body: OperationBody(
                schema: .object(["token": .string(), "password": .named(.newPassword)])),
            trait: .acceptsForm,
            answers: [.json(.ok, "It is set", .named(.success), fields: [.setDeviceCookie])],
            errors: [.invalidLink, .tooManyRequests]),
        Operation(
            method: .get, path: "/auth/email/verify", id: "verifyEmailPage",
            summary: "The page that confirms an email", tag: .signIn,
            description: """
                It changes nothing; its buttons post. It names the address and the age of the account, \
                and asks for the password where the request shows no session of it.
                """,
            caller: .anybodyOrSomebody, parameters: [.linkToken], trait: .rendersHTML,
            answers: [.page("Confirm, set a new password, or say that it was not you")],
            errors: [.invalidLink]),
        Operation(
            method: .post, path: "/auth/email/verify", id: "verifyEmail",
            summary: "Confirm an email", tag: .signIn,
            description: """
                The link is good for 24 hours, once. It proves the mailbox and not whose the account \
                is: that takes a live session of the account, also while it waits, or its `password`, \
                which counts like a login; one that is sent is always checked.
                """,
            caller: .anybodyOrSomebody,
            body: OperationBody(
                schema: .object(
                    ["token": .string(), "password": .password.orNull], optional: ["password"])),
            trait: .acceptsForm,
            answers: [.json(.ok, "It is confirmed", .named(.success))],
            errors: [
                .invalidLink, .emailTaken, .confirmationRequired, .invalidCredentials,
                .tooManyRequests,
            ]),
        Operation(
            method: .post, path: "/auth/email/verify/reject", id: "rejectEmail",
            summary: "Say that an account with your address is not yours", tag: .signIn,
            description: """
                For links to the present address of an account. One that was never confirmed and never \
                approved is removed; another one of role `user` or `member` is disabled, and the owner \
                told; of an owner or administrator, those who run the server are told.
                """,
            body: OperationBody(schema: .object(["token": .string()])), trait: .acceptsForm,
            answers: [.json(.ok, "It is noted", .named(.success))], errors: [.invalidLink]),
        Operation(
            method: .post, path: "/auth/email/change/cancel", id: "cancelEmailChange",
            summary: "Cancel a change of email", tag: .signIn,
            description: "For links to an address that is to become that of an account.",
            body: OperationBody(schema: .object(["token": .string()])), trait: .acceptsForm,
            answers: [.json(.ok, "The account keeps its address", .named(.success))],
            errors: [.invalidLink]),
    ]
}

extension OperationParameter {
    /// The token in the link of a mail; the page is shown without one, too.
    fileprivate static let anyLinkToken = OperationParameter(
        name: "token", place: .query, description: "From the link", schema: .string())
}
