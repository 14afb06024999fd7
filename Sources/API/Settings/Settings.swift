import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The settings that hold for all accounts.
    static let settings = [
        Endpoint(
            .get, "/auth/config", .init(on: .loop), handler: config,
            Operation(
                id: "config", summary: "How clients may sign in", tag: .setup,
                responses: [.json(.ok, "The settings", .named(.settings))])),
        Endpoint(
            .post, "/auth/config/update",
            .init(
                on: .hashing, access: .administrator(.administration), limit: .passwordCheck,
                [.secretBody]),
            handler: updateConfig,
            Operation(
                id: "updateConfig", summary: "Change settings", tag: .setup,
                description: """
                    An omitted member keeps its value, and an unknown member is refused; the response \
                    of `GET /auth/config` may be sent back. Applies to the next request of every \
                    thread; ends no session. `websiteUrl`, `migrationType` and `retentionPeriod` are \
                    the owner's alone, in a session, and so are `siteName`, `siteAccent` and `siteSupport`, \
                    which null or an empty text removes; a value that is in effect already may be sent \
                    by any administrator. An account with a second factor needs a fresh proof by it. \
                    For `websiteUrl`, where links in mails lead, any other account needs `password` or \
                    a session whose password was given within 10 minutes.
                    """,
                body: .optional(
                    .changes([
                        "nativeSignin": .boolean, "register": .boolean, "signup": .boolean,
                        "approval": .boolean, "requireEmailVerification": .boolean,
                        "websiteUrl": .origin,
                        "migrationType": .oneOf(SetupRecord.MigrationType.self),
                        "retentionPeriod": .retentionPeriod, "siteName": .removable(.siteName),
                        "siteAccent": .removable(.siteAccent),
                        "siteSupport": .removable(.siteSupport),
                        "password": .password.orNull,
                    ])),
                responses: [
                    .json(
                        .ok, "The settings as they are now",
                        .all(of: [
                            .named(.success), .named(.settings),
                            .object(
                                [
                                    "websiteUrl": .origin.described(
                                        "After a change of one of these"),
                                    "migrationType": .oneOf(SetupRecord.MigrationType.self),
                                    "retentionPeriod": .retentionPeriod,
                                ], optional: ["websiteUrl", "migrationType", "retentionPeriod"]),
                        ]))
                ], errors: [.apiKeyNotAllowed, .reauthenticationRequired, .wrongPassword])),
    ]

    private static func config(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let (settings, site) = (context.service.state.settings, context.service.site)
        return EndpointResult(
            context.json(.ok, context.settingsMembers(settings, site, of: JSONObject())))
    }

    private static func updateConfig(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let change = SettingsChange(
            try RequestBody(context.request), fixed: context.fixedSettings)
        let changed = try context.domain { service throws(AuthError) in
            try service.settings.change(change, by: .caller(caller), from: context.clientContext)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        object = context.settingsMembers(changed.settings, changed.site, of: object)
        if let stored = changed.stored {
            object.add("websiteUrl", .string(context.service.websiteURL.description))
            let migration = stored.migrationType ?? .automatic
            object.add("migrationType", .string(migration.rawValue))
            let retention = stored.retentionPeriod ?? .standardRetention
            object.add("retentionPeriod", .string(retention.text))
        }
        return context.json(.ok, object)
    }
}

extension RequestContext {
    /// An object with the settings added, and with what else clients have to know.
    fileprivate func settingsMembers(
        _ settings: Settings, _ site: SiteAppearance, of object: JSONObject
    ) -> JSONObject {
        var object = object
        object.add("nativeSignin", .bool(settings.nativeSignin))
        object.add("register", .bool(settings.register))
        object.add("signup", .bool(settings.signup))
        object.add("approval", .bool(settings.approval))
        object.add("requireEmailVerification", .bool(settings.requireEmailVerification))
        for (name, value) in fixedSettings { object.add(name, value) }
        object.add("siteName", .string(site.name.text))
        object.add("siteAccent", .string(site.accent.hex))
        object.add("siteSupport", site.support.map { .string($0.description) } ?? .null)
        return object
    }

    /// What the configuration decides, and no request changes; single sign-on is not offered.
    fileprivate var fixedSettings: KeyValuePairs<String, JSONValue> {
        [
            "passkeys": .bool(service.passkeys.availability.isAvailable),
            "mail": .bool(service.sendsMail), "sso": .bool(false), "providers": .array([]),
        ]
    }
}
