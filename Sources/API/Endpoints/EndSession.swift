import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/sessions/{id}`: signs one of the caller's devices out; the one that asks loses its
    /// cookie, too.
    static func endSession(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let id = try exchange.idInPath()
        try exchange.domain { service throws(AuthError) in
            try service.endSession(id, of: caller)
        }
        var response = exchange.done()
        if id == caller.session?.id { exchange.clearCookie(on: &response) }
        return Answer(response, account: caller.account.id)
    }
}
