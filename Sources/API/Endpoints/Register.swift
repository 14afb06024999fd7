import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/register?invite=CODE`: opens the account of somebody who joins the team.
    static func register(_ exchange: Exchange) throws(Problem) -> Answer {
        let codes = Query.values(of: "invite", in: exchange.request.query)
        // Of two codes neither counts: each reader might take another one.
        guard codes.count <= 1 else { throw .domain(.invalidInvite) }
        try exchange.domain { service throws(AuthError) in
            try service.requireRegistrationOpen(invite: codes.first)
        }
        let body = try RequestBody(exchange.request)
        let registration = try exchange.domain { service throws(AuthError) in
            try service.register(
                username: body.text("username"), email: body.text("email"),
                password: body.text("password"), invite: codes.first,
                from: exchange.clientContext)
        }
        return exchange.answer(registration)
    }
}

extension Exchange {
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
