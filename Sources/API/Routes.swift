import Auth
import HTTP
package import Web

extension Endpoints {
    /// Everything this server answers.
    ///
    /// The first is found soonest. HEAD is answered wherever GET is, except where it would act.
    package static func routes(_ configuration: APIConfiguration) -> [Route] {
        [
            Route(.get, "/auth/me", on: .loop, me),
            Route(
                .get, verifyPath, on: .loop, where: .sameOrigin,
                omittingErrorBody: discardsRefusals
            ) { context throws(RequestError) in try verify(context, configuration) },
            Route(.get, "/health", on: .loop, health),
            Route(.get, "/auth/config", on: .loop, config),
            Route(.get, "/openapi.json", on: .loop) { context throws(RequestError) in
                try openAPI(context, configuration)
            },
            Route(
                .get, "/auth/setup/exists", on: .loop, where: .sameOrigin, setupExists),
            Route(
                .post, "/auth/config/update", on: .hashing, counting: .passwordCheck,
                updateConfig),
            Route(.get, "/auth/logout", on: .store, where: .unsafeGET) {
                context throws(RequestError) in try logout(context, configuration)
            },
            Route(.post, "/auth/logout", on: .store, where: .unsafeGET) {
                context throws(RequestError) in try logout(context, configuration)
            },
            Route(.get, "/auth/sessions", on: .store, sessions),
            Route(.delete, "/auth/sessions", on: .store, endOtherSessions),
            Route(.delete, "/auth/sessions/{id}", on: .store, endSession),
            Route(.post, "/auth/refresh", on: .store, refresh),
            Route(.patch, "/auth/me", on: .store, updateMe),
            Route(.delete, "/auth/me", on: .hashing, counting: .passwordCheck, deleteMe),
            Route(.get, "/auth/me/export", on: .store, exportMe),
            Route(
                .post, "/auth/password/change", on: .hashing, counting: .passwordCheck,
                changePassword),
            Route(
                .post, "/auth/password/forgot", on: .store, counting: .mail,
                forgotPassword),
            Route(
                .get, "/auth/password/reset", on: .loop, where: .sameOrigin,
                resetPasswordPage),
            Route(
                .post, "/auth/password/reset", on: .hashing, counting: .mail, where: .acceptsForm,
                resetPassword),
            Route(
                .get, "/auth/email/verify", on: .store, where: .rendersHTML,
                verifyEmailPage),
            Route(
                .post, "/auth/email/verify", on: .hashing, counting: .login, where: .acceptsForm,
                verifyEmail),
            Route(
                .post, "/auth/email/verify/reject", on: .store, where: .acceptsForm,
                rejectEmail),
            Route(
                .post, "/auth/email/verify/resend", on: .store, counting: .mail,
                resendVerification),
            Route(
                .post, "/auth/email/change", on: .hashing, counting: .mail, changeEmail),
            Route(
                .post, "/auth/email/change/cancel", on: .store, where: .acceptsForm,
                cancelEmailChange),
            Route(.get, "/auth/api-keys", on: .store, apiKeys),
            Route(
                .post, "/auth/api-keys", on: .hashing, counting: .passwordCheck,
                createAPIKey),
            Route(.delete, "/auth/api-keys/{id}", on: .store, revokeAPIKey),
            Route(.post, "/auth/login", on: .hashing, counting: .login, login),
            Route(.post, "/auth/signup", on: .hashing, counting: .signup, signup),
            Route(.post, "/auth/register", on: .hashing, counting: .signup, register),
            Route(
                .post, "/auth/setup", on: .hashing, counting: .setup, where: .sameOrigin
            ) { context throws(RequestError) in try setup(context, configuration) },
            Route(.get, "/auth/users", on: .store, users),
            Route(.get, "/auth/users/{id}", on: .store, user),
            Route(.patch, "/auth/users/{id}", on: .store, updateUser),
            Route(.delete, "/auth/users/{id}", on: .store, deleteUser),
            Route(
                .get, "/auth/users/{id}/decide", on: .store, where: .rendersHTML,
                decideUser),
            Route(
                .post, "/auth/users/{id}/approve", on: .store, where: .acceptsForm,
                approveUser),
            Route(
                .post, "/auth/users/{id}/decline", on: .store, where: .acceptsForm,
                declineUser),
            Route(.post, "/auth/users/{id}/unlock", on: .store, unlockUser),
            Route(.post, "/auth/users/{id}/reset", on: .store, resetUser),
            Route(.get, "/auth/invites", on: .store, invites),
            Route(.post, "/auth/invites", on: .store, createInvite),
            Route(.patch, "/auth/invites/{id}", on: .store, updateInvite),
            Route(.delete, "/auth/invites/{id}", on: .store, deleteInvite),

            Route(.get, "/livez", at: .admin, on: .loop, livez),
            Route(.get, "/readyz", at: .admin, on: .store) { context throws(RequestError) in
                try readyz(context, configuration.monitoring)
            },
            Route(.get, "/metrics", at: .admin, on: .store) { context throws(RequestError) in
                try metrics(context, configuration.monitoring)
            },
        ]
            + Method.allCases.map {
                Route(
                    $0, "\(verifyPrefix){rest}", on: .loop, where: .forwardAuth,
                    omittingErrorBody: discardsRefusals
                ) { context throws(RequestError) in try verifyUnderPrefix(context, configuration) }
            }
    }
}

/// The JSON endpoints.
package enum Endpoints {}
