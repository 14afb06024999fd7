import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/register?invite=CODE`: opens the account of somebody who joins the team.
    static func register(_ exchange: Exchange) throws(Problem) -> Answer {
        let read = Result { () throws(Problem) in try RequestBody(exchange.request) }
        let invite = try exchange.inviteCode(in: try? read.get())
        try exchange.domain { service throws(AuthError) in
            try service.requireRegistrationOpen(invite: invite)
        }
        let body = try read.get()
        let registration = try exchange.domainWithCredentials { service throws(AuthError) in
            try service.register(
                username: body.text("username"), email: body.text("email"),
                password: body.text("password"), invite: invite,
                from: exchange.clientContext)
        }
        return exchange.answer(registration)
    }
}

extension Exchange {
    /// The code of the invitation that a request shows, in its query or its body; an empty one is none.
    ///
    /// - Throws: `invalidInvite` when it shows two: each reader might take another one.
    fileprivate func inviteCode(in body: RequestBody?) throws(Problem) -> String? {
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
    func answer(_ registration: AuthService.Registration) -> Answer {
        let account = registration.signedIn.account.id
        switch registration {
        case .active(let signedIn):
            return Answer(session(.created, signedIn), account: account)
        case .pending(let signedIn):
            return Answer(session(.accepted, signedIn, token: false), account: account)
        }
    }
}
