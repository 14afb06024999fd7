import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/config/update`: switches settings; owner and administrators only.
    static func updateConfig(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .administration)
        let body = try RequestBody(exchange.request)
        var objections: [InvalidInput] = []
        var change = SettingsChange()
        change.nativeSignin = body.flag("nativeSignin", &objections)
        change.register = body.flag("register", &objections)
        change.signup = body.flag("signup", &objections)
        change.approval = body.flag("approval", &objections)
        change.requireEmailVerification = body.flag("requireEmailVerification", &objections)
        objections += exchange.objections(toOtherMembersOf: body)
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        let wanted = change
        let settings = try exchange.domain { service throws(AuthError) in
            try service.change(wanted, by: caller)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        return Answer(
            exchange.json(.ok, exchange.configurationMembers(settings, of: object)),
            account: caller.account.id)
    }
}

extension Exchange {
    /// What is said of members that are no settings; what `GET /auth/config` shows beside the settings
    /// may be sent back as it is.
    fileprivate func objections(toOtherMembersOf body: RequestBody) -> [InvalidInput] {
        let settings: Set = [
            "nativeSignin", "register", "signup", "approval", "requireEmailVerification",
        ]
        let changed = fixedConfiguration.filter { name, value in
            body.members[name].map { $0 != value } ?? false
        }
        return body.objections(toOthersThan: settings.union(fixedConfiguration.map(\.key)))
            + changed.map { InvalidInput($0.key, "cannot be changed here") }
    }
}
