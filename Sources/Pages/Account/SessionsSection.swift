import Auth
import Crypto
import HTTP
import Web

extension Pages {
    static func sessions(_ configuration: PagesConfiguration) -> [WebPage] {
        let rules = RouteRules(on: .store, access: .activeAccount(.person))
        return [
            accountForm(.endSession, "/auth/sessions/{id}/end", configuration, rules) {
                context, caller throws(RequestError) in
                let id = try context.request.idInPath()
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.sessions.endSession(id, of: caller)
                    }
                }
                var response = context.seeOther(AccountChangeMade.session.address)
                if id == caller.session?.id { context.request.clearCookie(on: &response) }
                return response
            },
            accountForm(
                .endOtherSessions, "/auth/sessions/end", configuration, rules
            ) { context, caller throws(RequestError) in
                _ = try context.domain { service throws(AuthError) in
                    try service.sessions.endOtherSessions(of: caller)
                }
                return context.seeOther(AccountChangeMade.sessions.address)
            },
        ]
    }
}

extension PageContext {
    /// The browsers and programs that are signed in.
    func sessionsSection(_ state: AccountState) -> HTML {
        let part = ListPart(of: state.sessions, page: query(AccountSection.sessions.rawValue))
        return panel(
            texts.name(of: .sessions), id: AccountSection.sessions.rawValue,
            about: texts.sessionsIntroduction,
            actions: state.sessions.count > 1
                ? postForm("/auth/sessions/end", button(texts.endOtherSessions)) : nil
        ) {
            doneNotice(state, in: .sessions)
            failureNotice(state, of: .endSession)
            failureNotice(state, of: .endOtherSessions)
            rows {
                for details in part.items {
                    let isOwn = details.session.id == state.session?.id
                    sessionRow(
                        details, isOwn: isOwn,
                        end: isOwn
                            ? nil : ("/auth/sessions/\(details.session.id)/end", [:]))
                }
            }
            navigation(part, .sessions)
        }
    }
}
