import API
import Auth
import HTTP
import JSON
import Logging

/// One key of the configuration: its values and the property it sets.
struct ConfigurationKey: Sendable {
    /// Names of the objects around it, and its own, joined by dots: `password.iterations`.
    let path: String
    /// What its value may be, to end a sentence.
    let expected: String
    /// How its environment variable is written.
    let notation: ConfigurationNotation
    /// Whether a running server takes a new value, on SIGHUP.
    let isReloadable: Bool
    /// Whether its value is never shown.
    let isSecret: Bool
    /// Sets the property, and returns whether the value is valid; nothing changes otherwise.
    let set: @Sendable (inout Configuration, JSONValue) -> Bool
    /// The value as written in an environment variable.
    let text: @Sendable (Configuration) -> String
    /// What is wrong with a value that was refused, where more can be said than what is expected.
    let explain: @Sendable (JSONValue) -> String?

    private init<Value>(
        _ path: String, _ property: any WritableKeyPath<Configuration, Value> & Sendable,
        _ format: ConfigurationFormat<Value>, isReloadable: Bool = false, isSecret: Bool = false
    ) {
        self.path = path
        self.isReloadable = isReloadable
        self.isSecret = isSecret
        expected = format.expected
        notation = format.notation
        explain = format.explain
        set = { configuration, json in
            guard let value = format.read(json) else { return false }
            configuration[keyPath: property] = value
            return true
        }
        text = { format.write($0[keyPath: property]) }
    }

    /// The environment variable that overrides it: `LUNAUTH_PASSWORD_ITERATIONS`.
    var variable: String { Self.variable(of: path) }

    private static func variable(of path: String) -> String {
        "LUNAUTH_" + path.split(separator: ".").joined(separator: "_").uppercased()
    }

    /// Where it is in a file whose object of the same name has other keys, too: `database.address` beside
    /// `database.pooling`, where `database` alone would be the address.
    var memberPath: String { Self.groups.contains(path) ? "\(path).address" : path }

    /// Every key there is, in the order of the documentation.
    static let all: [ConfigurationKey] = [
        .init("listen", \.listen, .listenAddresses),
        .init("admin.listen", \.admin.listen, .adminAddress),
        .init("dataDirectory", \.dataDirectory, .directory),
        .init("database", \.database.location, .database),
        .init("database.pooling", \.database.pooling, .word),
        .init("database.direct", \.database.direct, .databaseAddress),
        .init("database.staleSeconds", \.database.staleSeconds, .integer(0...3_600)),
        .init("websiteUrl", \.websiteURL, .origin),
        .init("trustedProxies", \.trustedProxies, .addressPrefixes, isReloadable: true),
        .init("forwardedHeaders", \.forwardedHeaders, .word, isReloadable: true),
        .init("eventLoops", \.eventLoops, .integer(0...64)),
        .init("http.headSeconds", \.http.headSeconds, .seconds, isReloadable: true),
        .init("http.bodySeconds", \.http.bodySeconds, .seconds, isReloadable: true),
        .init("http.idleSeconds", \.http.idleSeconds, .seconds, isReloadable: true),
        .init("http.writeSeconds", \.http.writeSeconds, .seconds, isReloadable: true),
        .init("http.drainSeconds", \.http.drainSeconds, .integer(0...600), isReloadable: true),
        .init("http.maximumConnections", \.http.maximumConnections, .integer(1...1_000_000)),
        .init("http.maximumHeadBytes", \.http.maximumHeadBytes, .integer(16_384...65_536)),
        .init("http.allowedOrigins", \.http.allowedOrigins, .allowedOrigins),
        .init("password.iterations", \.password.iterations, .integer(1_000...10_000_000)),
        .init("password.minimumLength", \.password.minimumLength, .integer(1...256)),
        .init("password.concurrency", \.password.concurrency, .integer(0...64)),
        .init("password.queueSeconds", \.password.queueSeconds, .integer(1...60)),
        .init("token.lifetimeSeconds", \.token.lifetimeSeconds, .integer(60...31_536_000)),
        .init("session.lifetimeSeconds", \.session.lifetimeSeconds, .integer(60...315_360_000)),
        .init("session.sliding", \.session.sliding, .boolean),
        .init(
            "session.maximumSeconds", \.session.maximumSeconds, .integer(60...315_360_000)),
        .init("session.idleSeconds", \.session.idleSeconds, .integer(0...315_360_000)),
        .init("session.cookieName", \.session.cookieName, .cookieName),
        .init("session.sameSite", \.session.sameSite, .word),
        .init("session.logoutRedirect", \.session.logoutRedirect, .redirect),
        .init("session.clearSiteData", \.session.clearSiteData, .clearSiteData),
        .init("session.cookieDomain", \.session.cookieDomain, .cookieDomain),
        .init("factors.required", \.factors.required, .word),
        .init("factors.trustDays", \.factors.trustDays, .integer(0...365)),
        .init("passkeys.rpId", \.passkeys.rpID, .relyingPartyID),
        .init("pages.enabled", \.pages.enabled, .boolean),
        .init("pages.login", \.pages.login, .redirect),
        .init("forwardAuth.returnOrigins", \.forwardAuth.returnOrigins, .returnOrigins),
        .init("pages.register", \.pages.register, .redirect),
        .init("site.name", \.site.name, .siteName),
        .init("site.accent", \.site.accent, .siteAccent),
        .init("site.support", \.site.support, .supportContact),
        .init("site.logo", \.site.logo, .optionalPath),
        .init("cache.megabytes", \.cache.megabytes, .integer(0...1_000_000)),
        .init("limits.enabled", \.limits.enabled, .boolean, isReloadable: true),
        .init(
            "limits.tiers.apiKeys", \.limits.tiers.countsAPIKeys, .boolean, isReloadable: true),
        .init(
            "limits.tiers.sessions", \.limits.tiers.countsSessions, .boolean, isReloadable: true),
        .init("limits.tiers.free", \.limits.tiers.perMinute.free, .rate, isReloadable: true),
        .init("limits.tiers.pro", \.limits.tiers.perMinute.pro, .rate, isReloadable: true),
        .init("limits.tiers.team", \.limits.tiers.perMinute.team, .rate, isReloadable: true),
        .init("apiKeys.maximum.free", \.apiKeys.maximum.free, .integer(0...1_000)),
        .init("apiKeys.maximum.pro", \.apiKeys.maximum.pro, .integer(0...1_000)),
        .init("apiKeys.maximum.team", \.apiKeys.maximum.team, .integer(0...1_000)),
        .init("audit.maximumEvents", \.audit.maximumEvents, .integer(10_000...100_000_000)),
        .init("audit.checkpoint", \.audit.checkpoint, .checkpointDestination),
        .init("mail.transport", \.mail.transport, .word),
        .init("mail.from", \.mail.from, .mailbox),
        .init("mail.replyTo", \.mail.replyTo, .mailbox),
        .init("mail.templates", \.mail.templates, .optionalPath),
        .init("mail.timeoutSeconds", \.mail.timeoutSeconds, .integer(1...300)),
        .init("mail.smtp.host", \.mail.smtp.host, .host),
        .init("mail.smtp.port", \.mail.smtp.port, .integer(1...65_535)),
        .init("mail.smtp.security", \.mail.smtp.security, .word),
        .init("mail.smtp.username", \.mail.smtp.username, .text),
        .init("mail.smtp.password", \.mail.smtp.password, .text, isSecret: true),
        .init("mail.smtp.caFile", \.mail.smtp.caFile, .optionalPath),
        .init("mail.resend.url", \.mail.resend.url, .httpsURL),
        .init("mail.resend.apiKey", \.mail.resend.apiKey, .text, isSecret: true),
        .init("mail.resend.caFile", \.mail.resend.caFile, .optionalPath),
        .init("mail.sendmail.path", \.mail.sendmail.path, .absolutePath),
        .init("log.level", \.log.level, .word, isReloadable: true),
        .init("log.format", \.log.format, .word, isReloadable: true),
    ]

    /// What took the place of keys that are no more, by path and by variable.
    static let successors: [String: String] = {
        let paths = ["cache.sessions": "cache.megabytes", "cache.accounts": "cache.megabytes"]
        return paths.reduce(into: paths) { all, pair in
            all[variable(of: pair.key)] = variable(of: pair.value)
        }
    }()

    /// The objects that contain keys: `http`, `mail`, `mail.smtp`.
    static let groups = Set(
        all.flatMap { key in
            let names = key.path.split(separator: ".")
            return (1..<names.count).map { names[..<$0].joined(separator: ".") }
        })

    /// The value for a person.
    func shown(_ configuration: Configuration) -> String {
        let text = text(configuration)
        return isSecret && !text.isEmpty ? "(not shown)" : text
    }

    /// The keys whose values differ between two configurations.
    static func changed(from old: Configuration, to new: Configuration) -> [ConfigurationKey] {
        all.filter { $0.text(old) != $0.text(new) }
    }
}

extension ConfigurationFormat<Int> {
    /// How long a connection may take for something.
    fileprivate static var seconds: Self { .integer(1...86_400) }

    /// Requests a minute.
    fileprivate static var rate: Self { .integer(1...1_000_000) }
}
