import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/register?invite=CODE`: opens the account of somebody who joins the team.
    static func register(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let read = Result { () throws(RequestError) in try RequestBody(context.request) }
        let invite = try context.inviteCode(in: try? read.get())
        try context.domain { service throws(AuthError) in
            try service.registration.requireRegistrationOpen(invite: invite)
        }
        let body = try read.get()
        let registration = try context.domainWithCredentials { service throws(AuthError) in
            try service.registration.register(
                username: body.text("username"), email: body.text("email"),
                password: body.text("password"), invite: invite,
                from: context.clientContext)
        }
        return context.answer(registration)
    }
}

extension RequestContext {
    /// The code of the invitation that a request shows, in its query or its body; an empty one is none.
    ///
    /// - Throws: `invalidInvite` when it shows two: each reader might take another one.
    fileprivate func inviteCode(in body: RequestBody?) throws(RequestError) -> String? {
        var codes = try Query.values(of: "invite", in: request.query).filter { !$0.isEmpty }
        guard codes.count <= 1 else { throw .domain(.invalidInvite) }
        switch body?.text("invite") ?? .absent {
        case .absent: break
        case .text(let code): codes.append(code)
        case .notText: throw .domain(.invalidInput([InvalidInput("invite", "must be a string")]))
        }
        let shown = Set(codes.filter { !$0.isEmpty })
        guard shown.count <= 1 else { throw .domain(.invalidInvite) }
        return shown.first
    }

    /// The answer that hands somebody their new account: without a token while it is of no use.
    func answer(_ registration: RegistrationService.Registration) -> EndpointResult {
        let account = registration.signedIn.account.id
        switch registration {
        case .active(let signedIn):
            return EndpointResult(session(.created, signedIn), account: account)
        case .pending(let signedIn):
            return EndpointResult(session(.accepted, signedIn, token: false), account: account)
        }
    }
}
