import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What a person does with the account they are signed in to.
    static let account = [
        Operation(
            method: .get, path: "/auth/me", id: "me", summary: "Your account", tag: .account,
            description: "Also while it waits for approval.", caller: .somebody(.read),
            answers: [.json(.ok, "As it is now, whatever the token says", .named(.account))]),
        Operation(
            method: .patch, path: "/auth/me", id: "updateMe", summary: "Change your name",
            tag: .account, caller: .active(.write),
            body: OperationBody(schema: .changes(["name": .name.orNull]), isRequired: false),
            answers: [.json(.ok, "As it is now", .named(.account))]),
        Operation(
            method: .delete, path: "/auth/me", id: "deleteMe", summary: "Delete your account",
            tag: .account,
            description: "With everything that is its own. The owner's account stays.",
            caller: .somebody(.person),
            body: OperationBody(schema: .object(["password": .password])),
            answers: [.json(.ok, "It is gone", .named(.success), fields: [.setCookie])],
            errors: [.ownerProtected, .wrongPassword]),
        Operation(
            method: .get, path: "/auth/me/export", id: "exportMe",
            summary: "Everything kept about you", tag: .account,
            description: "No hash, no secret, no content of a mail.", caller: .active(.person),
            answers: [.json(.ok, "As a file", .named(.export))]),
        Operation(
            method: .post, path: "/auth/password/change", id: "changePassword",
            summary: "Change your password", tag: .account,
            description: "Ends all your other sessions, and tells you by mail.",
            caller: .active(.person),
            body: OperationBody(
                schema: .object(
                    [
                        "currentPassword": .password, "newPassword": .named(.newPassword),
                        "revokeApiKeys": .boolean.orNull.described(
                            "Whether all your API keys end, too; not without it"),
                    ], optional: ["revokeApiKeys"])),
            answers: [
                .json(.ok, "It is changed", .named(.success), fields: [.setDeviceCookie])
            ], errors: [.wrongPassword]),
        Operation(
            method: .post, path: "/auth/email/change", id: "changeEmail",
            summary: "Change your email", tag: .account,
            description: """
                Mails a link to the new address, which becomes the account's when you use it; the \
                old one is told then. The answer is the same when the address is taken.
                """,
            caller: .somebody(.person),
            body: OperationBody(
                schema: .object([
                    "email": .email.example(.string("ada@example.org")), "password": .password,
                ])),
            answers: [.json(.accepted, "A link is on its way", .named(.success))],
            errors: [.wrongPassword, .pendingApproval, .mailNotConfigured]),
        Operation(
            method: .post, path: "/auth/email/verify/resend", id: "resendVerification",
            summary: "Send the link again that confirms your email", tag: .account,
            caller: .somebody(.person),
            answers: [
                .json(.ok, "The address is confirmed already", .named(.success)),
                .json(.accepted, "A link is on its way", .named(.success)),
            ], errors: [.mailNotConfigured]),
    ]
}
