import Auth
import Crypto
import JSON

extension AccountExport {
    /// An export: no hash, no secret, no content of a mail.
    var json: JSONObject {
        var profile = account.json
        profile.add("email_verified_at", .time(account.emailVerifiedAt))
        profile.add("approved_at", .time(account.approvedAt))
        var object = JSONObject()
        object.add("account", profile)
        object.add("sessions", sessions.map(Self.json))
        object.add("apiKeys", apiKeys.map(Self.json))
        object.add("factors", factors.map(Self.json))
        object.add("trustedBrowsers", trustedBrowsers.map(Self.json))
        object.add("invites", invites.map(Self.json))
        object.add("links", links.map(Self.json))
        object.add("mails", mails.map(Self.json))
        object.add("events", events.map(\.json))
        object.add("truncated", .bool(isTruncated))
        return object
    }

    private static func json(_ past: PastSession) -> JSONObject {
        let details = past.details
        var object = JSONObject()
        object.add("id", .string(details.session.id.description))
        object.add("address", details.address.map(JSONValue.string) ?? .null)
        object.add("userAgent", details.userAgent.map(JSONValue.string) ?? .null)
        object.add("createdAt", .time(details.session.createdAt))
        object.add("lastSeenAt", .time(details.lastSeenAt))
        object.add("expiresAt", .time(details.session.expiresAt))
        object.add("endedAt", .time(past.endedAt))
        object.add("authenticatedAt", .time(details.session.authenticatedAt))
        object.add("methods", .array(details.session.methods.names.map(JSONValue.string)))
        return object
    }

    private static func json(_ past: PastAPIKey) -> JSONObject {
        let (details, scopes) = (past.details, past.details.key.scopes)
        let names = [(APIKey.Scopes.read, "read"), (.write, "write")]
            .filter { scopes.contains($0.0) }.map { JSONValue.string($0.1) }
        var object = JSONObject()
        object.add("id", .string(details.key.id.description))
        object.add("name", .string(details.name))
        object.add("prefix", .string(details.prefix))
        object.add("scopes", .array(names))
        object.add("createdAt", .time(details.createdAt))
        object.add("lastUsedAt", .time(details.lastUsedAt))
        object.add("expiresAt", .time(details.key.expiresAt))
        object.add("revokedAt", .time(past.revokedAt))
        return object
    }

    private static func json(_ factor: Credential) -> JSONObject {
        var object = JSONObject()
        object.add("id", .string(factor.id.description))
        object.add("kind", .string(factor.kind.rawValue))
        object.add("name", factor.name.map(JSONValue.string) ?? .null)
        object.add("createdAt", .time(factor.createdAt))
        object.add("lastUsedAt", .time(factor.lastUsedAt))
        return object
    }

    private static func json(_ browser: TrustedBrowser) -> JSONObject {
        var object = JSONObject()
        object.add("id", .string(browser.id.description))
        object.add("address", browser.address.map(JSONValue.string) ?? .null)
        object.add("userAgent", browser.userAgent.map(JSONValue.string) ?? .null)
        object.add("createdAt", .time(browser.createdAt))
        object.add("lastUsedAt", .time(browser.lastUsedAt))
        object.add("expiresAt", .time(browser.expiresAt))
        return object
    }

    private static func json(_ invite: Invite) -> JSONObject {
        var object = JSONObject()
        object.add("id", .string(invite.id.description))
        object.add("email", invite.email.map { .string($0.address) } ?? .null)
        object.add("role", .string(invite.role.rawValue))
        object.add("tier", .string(invite.tier.rawValue))
        object.add("maxUses", .integer(Int64(invite.maximumUses)))
        object.add("uses", .integer(Int64(invite.uses)))
        object.add("paused", .bool(invite.isPaused))
        object.add("createdAt", .time(invite.createdAt))
        object.add("expiresAt", .time(invite.expiresAt))
        return object
    }

    private static func json(_ link: LinkToken) -> JSONObject {
        var object = JSONObject()
        object.add("purpose", .string(link.purpose.rawValue))
        object.add("email", link.email.map { .string($0.address) } ?? .null)
        object.add("createdAt", .time(link.createdAt))
        object.add("expiresAt", .time(link.expiresAt))
        return object
    }

    private static func json(_ mail: Mail) -> JSONObject {
        var object = JSONObject()
        object.add("kind", .string(mail.kind.rawValue))
        object.add("createdAt", .time(mail.createdAt))
        return object
    }
}

extension JSONValue {
    /// A time, or null.
    static func time(_ time: Timestamp?) -> JSONValue {
        time.map { .string($0.rfc3339) } ?? .null
    }
}
