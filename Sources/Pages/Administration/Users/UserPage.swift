import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// One account, as an administrator sees and changes it.
    static func adminUser(_ configuration: PagesConfiguration) -> [WebPage] {
        let path = "/auth/users/{id}"
        let rules = RouteRules(on: .store, access: .administrator(.person))
        let proven = RouteRules.proven(.administrator(.person))
        return [
            WebPage(
                .get, "\(Path.adminUsers)/{id}", rules,
                handler: { request, caller throws(RequestError) in
                    let context = PageContext(request, configuration, caller)
                    return context.userPage(try context.userState(by: caller))
                }),
            userForm("\(path)/update", configuration, proven, UserForm.init(changing:)) {
                context, id, administrator throws(RequestError) in
                let body = try context.form()
                let change = AccountChange(body)
                _ = try context.domain { service throws(AuthError) in
                    try service.administration.changeAccount(id, change, by: administrator)
                }
                return UserChange(body).address(of: id)
            },
            userForm("\(path)/unlock", configuration, nil, { _ in .unlock }) {
                context, id, administrator throws(RequestError) in
                try context.domain { service throws(AuthError) in
                    _ = try service.administration.unlock(id, by: administrator)
                }
                return UserChange.unlocked.address(of: id)
            },
            userForm("\(path)/reset", configuration, nil, { _ in .reset }) {
                context, id, administrator throws(RequestError) in
                try context.domain { service throws(AuthError) in
                    try service.administration.sendPasswordReset(to: id, by: administrator)
                }
                return UserChange.reset.address(of: id)
            },
            userForm("\(path)/sessions/end", configuration, rules, { _ in .sessions }) {
                context, id, administrator throws(RequestError) in
                let session = try context.chosenID("session")
                try context.domain { service throws(AuthError) in
                    guard let session else {
                        _ = try service.administration.endSessions(of: id, by: administrator)
                        return
                    }
                    try isDone { () throws(AuthError) in
                        try service.administration.endSession(session, of: id, by: administrator)
                    }
                }
                return (session == nil ? UserChange.sessions : .session).address(of: id)
            },
            userForm("\(path)/api-keys/revoke", configuration, rules, { _ in .keys }) {
                context, id, administrator throws(RequestError) in
                let key = try context.chosenID("key")
                try context.domain { service throws(AuthError) in
                    guard let key else {
                        _ = try service.administration.revokeAPIKeys(of: id, by: administrator)
                        return
                    }
                    try isDone { () throws(AuthError) in
                        try service.administration.revokeAPIKey(key, of: id, by: administrator)
                    }
                }
                return (key == nil ? UserChange.keys : .key).address(of: id)
            },
            userForm("\(path)/factors/delete", configuration, proven, { _ in .factors }) {
                context, id, administrator throws(RequestError) in
                try context.domain { service throws(AuthError) in
                    try service.factors.reset(of: id, by: administrator)
                }
                return UserChange.factors.address(of: id)
            },
            userForm("\(path)/delete", configuration, proven, { _ in .deletion }) {
                context, id, administrator throws(RequestError) in
                let confirmation = try context.form().text("confirm")
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.administration.deleteAccount(
                            id, confirmedBy: confirmation, by: administrator)
                    }
                }
                return "\(Path.adminUsers)?done=\(UsersChange.deleted.rawValue)"
            },
        ]
    }

    /// A form of the page: runs, and leads to the page that says what was done; where it fails, the page
    /// shows it again with its values and what is wrong.
    private static func userForm(
        _ path: String, _ configuration: PagesConfiguration, _ rules: RouteRules?,
        _ form: @escaping @Sendable (RequestBody) -> UserForm,
        run: @escaping @Sendable (PageContext, UUID, Administrator) throws(RequestError) -> String
    ) -> WebPage {
        WebPage(
            .post, path, rules,
            handler: { request, caller throws(RequestError) in
                let proven = try PageContext(request, configuration, caller).proven(caller)
                let context = PageContext(request, configuration, proven)
                return context.seeOther(try run(context, try request.idInPath(), .caller(proven)))
            },
            failed: { request, error throws(RequestError) in
                let body = try RequestBody(request.request)
                return try failedUserForm(form(body), error, request, configuration)
            })
    }

    /// The page with a form that failed.
    static func failedUserForm(
        _ form: UserForm, _ error: RequestError, _ request: RequestContext,
        _ configuration: PagesConfiguration
    ) throws(RequestError) -> Response? {
        guard FormFailure.mayShow(error) else { return nil }
        let caller = try request.administrator(for: .person)
        let context = PageContext(request, configuration, caller)
        let place = "\(Path.adminUsers)/\(try request.idInPath())"
        if let proof = try context.proofPage(after: error, of: caller, from: place) { return proof }
        var state = try context.userState(by: caller)
        guard
            let failure = UserFailure(
                form, error, email: state.account.email.address, texts: context.texts)
        else { return nil }
        state.failure = failure
        return context.failed(error, context.userPage(state))
    }
}

extension UserChange {
    /// The page that says so.
    fileprivate func address(of id: UUID) -> String {
        "\(Pages.Path.adminUsers)/\(id)?done=\(rawValue)"
    }
}

extension PageContext {
    /// The id in a field of the form; nil without the field, which means all.
    ///
    /// - Throws: `notFound` for what is no id.
    fileprivate func chosenID(_ field: String) throws(RequestError) -> UUID? {
        switch try form().text(field) {
        case .absent: return nil
        case .notText: throw .notFound
        case .text(let text):
            guard let id = UUID(parsing: text.utf8) else { throw .notFound }
            return id
        }
    }
}
