import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `POST /auth/config/update`: switches settings; owner and administrators only.
    static func updateConfig(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let body = try RequestBody(context.request)
        var change = SettingsChange()
        change.nativeSignin = body.flag("nativeSignin", &change.objections)
        change.register = body.flag("register", &change.objections)
        change.signup = body.flag("signup", &change.objections)
        change.approval = body.flag("approval", &change.objections)
        change.requireEmailVerification = body.flag(
            "requireEmailVerification", &change.objections)
        change.websiteURL = body.changedText("websiteUrl")
        change.migrationType = body.changedText("migrationType")
        change.retentionPeriod = body.changedText("retentionPeriod")
        change.password = body.text("password")
        change.objections += context.objections(toOtherMembersOf: body)
        let wanted = change
        let changed = try context.domain { service throws(AuthError) in
            try service.settings.change(wanted, by: .caller(caller), from: context.clientContext)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        object = context.configurationMembers(changed.settings, of: object)
        if let stored = changed.stored {
            object.add("websiteUrl", .string(context.service.websiteURL.description))
            let migration = stored.migrationType ?? .automatic
            object.add("migrationType", .string(migration.rawValue))
            let retention = stored.retentionPeriod ?? .standardRetention
            object.add("retentionPeriod", .string(retention.text))
        }
        return EndpointResult(context.json(.ok, object), account: caller.account.id)
    }
}

extension RequestBody {
    /// A text member; null is no text here, as it is no boolean.
    fileprivate func changedText(_ name: String) -> TextInput {
        members[name] == .null ? .notText : text(name)
    }
}

extension RequestContext {
    /// What is said of members that are no settings; what `GET /auth/config` shows beside the settings
    /// may be sent back as it is.
    fileprivate func objections(toOtherMembersOf body: RequestBody) -> [InvalidInput] {
        let settings: Set = [
            "nativeSignin", "register", "signup", "approval", "requireEmailVerification",
            "websiteUrl", "migrationType", "retentionPeriod", "password",
        ]
        let changed = fixedConfiguration.filter { name, value in
            body.members[name].map { $0 != value } ?? false
        }
        return body.objections(toOthersThan: settings.union(fixedConfiguration.map(\.key)))
            + changed.map { InvalidInput($0.key, "cannot be changed here") }
    }
}
