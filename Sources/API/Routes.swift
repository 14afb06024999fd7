import Auth
import Crypto
import HTTP

/// One method of one path.
///
/// Confined to the responder in whose table it stands.
final class Route {
    let listener: ListenerRole
    let method: Method
    let path: PathTemplate
    let lane: Lane
    /// What its requests count as for the limits of their networks; nil for what is not limited.
    let action: Throttle.Action?
    let trait: Trait?
    /// Whether pages of other origins that the operator named may use it.
    let isShared: Bool
    let endpoint: @Sendable (RequestContext) throws(APIError) -> EndpointResult
    /// How most requests are answered; found without looking through the others.
    let usualAnswers: ResponseSeries
    /// How the others were, each way once it happened.
    var otherAnswers: [ResponseSeries] = []

    init(
        _ method: Method, _ path: String, at listener: ListenerRole = .public, on lane: Lane,
        counting action: Throttle.Action? = nil, where trait: Trait? = nil,
        _ endpoint: @escaping @Sendable (RequestContext) throws(APIError) -> EndpointResult
    ) {
        self.listener = listener
        self.method = method
        self.path = PathTemplate(path)
        self.lane = lane
        self.action = action
        self.trait = trait
        isShared =
            switch trait {
            case nil: listener == .public
            // A link signs out by GET, a script by POST.
            case .unsafeGET: !method.isSafe
            case .acceptsForm, .rendersHTML, .forwardAuth, .sameOrigin: false
            }
        self.endpoint = endpoint
        usualAnswers = ResponseSeries(route: path, method: method, status: .ok, code: nil)
    }

    /// What sets a route apart.
    enum Trait {
        /// GET changes something: HEAD is refused.
        case unsafeGET
        /// A page of ours posts here: a body may be a form instead of JSON.
        case acceptsForm
        /// It answers with pages, what goes wrong too.
        case rendersHTML
        /// The request is one that a proxy asks about: it changes nothing here, whatever its method,
        /// and may come from any site.
        case forwardAuth
        /// Pages of other origins may never use it, whatever the operator allows: setup, what a proxy
        /// asks, and what is a page to whoever followed a link.
        case sameOrigin
    }

    /// Everything this server answers.
    ///
    /// The first is found soonest. HEAD is answered wherever GET is, except where it would act.
    static func table() -> [Route] {
        [
            Route(.get, "/auth/me", on: .loop, Endpoints.me),
            Route(.get, Endpoints.verifyPath, on: .loop, where: .sameOrigin, Endpoints.verify),
            Route(.get, "/health", on: .loop, Endpoints.health),
            Route(.get, "/auth/config", on: .loop, Endpoints.config),
            Route(.get, "/openapi.json", on: .loop, Endpoints.openAPI),
            Route(
                .get, "/auth/setup/exists", on: .loop, where: .sameOrigin, Endpoints.setupExists),
            Route(
                .post, "/auth/config/update", on: .hashing, counting: .passwordCheck,
                Endpoints.updateConfig),
            Route(.get, "/auth/logout", on: .store, where: .unsafeGET, Endpoints.logout),
            Route(.post, "/auth/logout", on: .store, where: .unsafeGET, Endpoints.logout),
            Route(.get, "/auth/sessions", on: .store, Endpoints.sessions),
            Route(.delete, "/auth/sessions", on: .store, Endpoints.endOtherSessions),
            Route(.delete, "/auth/sessions/{id}", on: .store, Endpoints.endSession),
            Route(.post, "/auth/refresh", on: .store, Endpoints.refresh),
            Route(.patch, "/auth/me", on: .store, Endpoints.updateMe),
            Route(.delete, "/auth/me", on: .hashing, counting: .passwordCheck, Endpoints.deleteMe),
            Route(.get, "/auth/me/export", on: .store, Endpoints.exportMe),
            Route(
                .post, "/auth/password/change", on: .hashing, counting: .passwordCheck,
                Endpoints.changePassword),
            Route(
                .post, "/auth/password/forgot", on: .store, counting: .mail,
                Endpoints.forgotPassword),
            Route(
                .get, "/auth/password/reset", on: .loop, where: .sameOrigin,
                Endpoints.resetPasswordPage),
            Route(
                .post, "/auth/password/reset", on: .hashing, counting: .mail, where: .acceptsForm,
                Endpoints.resetPassword),
            Route(
                .get, "/auth/email/verify", on: .store, where: .rendersHTML,
                Endpoints.verifyEmailPage),
            Route(
                .post, "/auth/email/verify", on: .hashing, counting: .login, where: .acceptsForm,
                Endpoints.verifyEmail),
            Route(
                .post, "/auth/email/verify/reject", on: .store, where: .acceptsForm,
                Endpoints.rejectEmail),
            Route(
                .post, "/auth/email/verify/resend", on: .store, counting: .mail,
                Endpoints.resendVerification),
            Route(
                .post, "/auth/email/change", on: .hashing, counting: .mail, Endpoints.changeEmail),
            Route(
                .post, "/auth/email/change/cancel", on: .store, where: .acceptsForm,
                Endpoints.cancelEmailChange),
            Route(.get, "/auth/api-keys", on: .store, Endpoints.apiKeys),
            Route(
                .post, "/auth/api-keys", on: .hashing, counting: .passwordCheck,
                Endpoints.createAPIKey),
            Route(.delete, "/auth/api-keys/{id}", on: .store, Endpoints.revokeAPIKey),
            Route(.post, "/auth/login", on: .hashing, counting: .login, Endpoints.login),
            Route(.post, "/auth/signup", on: .hashing, counting: .signup, Endpoints.signup),
            Route(.post, "/auth/register", on: .hashing, counting: .signup, Endpoints.register),
            Route(
                .post, "/auth/setup", on: .hashing, counting: .setup, where: .sameOrigin,
                Endpoints.setup),
            Route(.get, "/auth/users", on: .store, Endpoints.users),
            Route(.get, "/auth/users/{id}", on: .store, Endpoints.user),
            Route(.patch, "/auth/users/{id}", on: .store, Endpoints.updateUser),
            Route(.delete, "/auth/users/{id}", on: .store, Endpoints.deleteUser),
            Route(
                .get, "/auth/users/{id}/decide", on: .store, where: .rendersHTML,
                Endpoints.decideUser),
            Route(
                .post, "/auth/users/{id}/approve", on: .store, where: .acceptsForm,
                Endpoints.approveUser),
            Route(
                .post, "/auth/users/{id}/decline", on: .store, where: .acceptsForm,
                Endpoints.declineUser),
            Route(.post, "/auth/users/{id}/unlock", on: .store, Endpoints.unlockUser),
            Route(.post, "/auth/users/{id}/reset", on: .store, Endpoints.resetUser),
            Route(.get, "/auth/invites", on: .store, Endpoints.invites),
            Route(.post, "/auth/invites", on: .store, Endpoints.createInvite),
            Route(.patch, "/auth/invites/{id}", on: .store, Endpoints.updateInvite),
            Route(.delete, "/auth/invites/{id}", on: .store, Endpoints.deleteInvite),

            Route(.get, "/livez", at: .admin, on: .loop, Endpoints.livez),
            Route(.get, "/readyz", at: .admin, on: .store, Endpoints.readyz),
            Route(.get, "/metrics", at: .admin, on: .store, Endpoints.metrics),
        ]
            + Method.allCases.map {
                Route(
                    $0, "\(Endpoints.verifyPrefix){rest}", on: .loop, where: .forwardAuth,
                    Endpoints.verifyUnderPrefix)
            }
    }
}

/// What an endpoint answers.
struct EndpointResult {
    var response: Response
    /// Whose request it was, for the log.
    let account: UUID?
    /// Why it is no success, for the log.
    let reason: Reason?

    init(_ response: Response, account: UUID? = nil, reason: Reason? = nil) {
        self.response = response
        self.account = account
        self.reason = reason
    }
}

/// The endpoints, one a file.
enum Endpoints {}
