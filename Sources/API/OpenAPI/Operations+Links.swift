import Auth
import HTTP

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
            ], errors: [.tooManyRequests]),
        Operation(
            method: .get, path: "/auth/password/reset", id: "resetPasswordPage",
            summary: "The page that asks for a new password", tag: .signIn,
            parameters: [.anyLinkToken], trait: .sameOrigin, answers: [.page("A form")]),
        Operation(
            method: .post, path: "/auth/password/reset", id: "resetPassword",
            summary: "Set a new password", tag: .signIn,
            description: "Ends all sessions. The link is good for 30 minutes, once.",
            body: OperationBody(
                schema: .object(["token": .string(), "password": .named(.newPassword)])),
            trait: .takesForms,
            answers: [.json(.ok, "It is set", .named(.success), fields: [.setDeviceCookie])],
            errors: [.invalidLink, .tooManyRequests]),
        Operation(
            method: .get, path: "/auth/email/verify", id: "verifyEmailPage",
            summary: "The page that confirms an email", tag: .signIn, parameters: [.anyLinkToken],
            trait: .sameOrigin, answers: [.page("A button")]),
        Operation(
            method: .post, path: "/auth/email/verify", id: "verifyEmail",
            summary: "Confirm an email", tag: .signIn,
            description: "The link is good for 24 hours, once.",
            body: OperationBody(schema: .object(["token": .string()])), trait: .takesForms,
            answers: [.json(.ok, "It is confirmed", .named(.success))],
            errors: [.invalidLink, .emailTaken]),
    ]
}

extension OperationParameter {
    /// The token in the link of a mail; the page is shown without one, too.
    fileprivate static let anyLinkToken = OperationParameter(
        name: "token", place: .query, description: "From the link", schema: .string())
}
