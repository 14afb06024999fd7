import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// *This was not me*: ends a session, and leads to what keeps the other person from coming back: a new
    /// password or, where the account has none, its passkeys.
    static func disown(_ configuration: PagesConfiguration) -> [WebPage] {
        let rules = RouteRules(on: .store, access: .activeAccount(.person))
        return [
            accountForm(.disown, "/auth/sessions/{id}/disown", configuration, rules) {
                context, caller throws(RequestError) in
                let id = try context.request.idInPath()
                let hasPassword = try context.domain { service throws(AuthError) in
                    // Read first: the caller's own session may be the one that ends.
                    let hasPassword = try service.factors.overview(of: caller).hasPassword
                    try isDone { () throws(AuthError) in
                        try service.sessions.endSession(id, of: caller)
                    }
                    return hasPassword
                }
                let made = hasPassword ? AccountChangeMade.disowned : .disownedPasskey
                var response = context.seeOther(made.address)
                if id == caller.session?.id { context.request.clearCookie(on: &response) }
                return response
            }
        ]
    }
}
