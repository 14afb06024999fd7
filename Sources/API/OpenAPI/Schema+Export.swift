import Auth
import Web

extension Schema {
    /// Everything that is kept about an account.
    static let export = object([
        "account": all(of: [
            .named(.account),
            .object([
                "email_verified_at": time.orNull,
                "approved_at": time.orNull.described("When an administrator first let it in"),
            ]),
        ]),
        "sessions": array(of: session).described("Those that ended and are still kept, too"),
        "apiKeys": array(of: apiKey),
        "factors": array(of: factor).described("Authenticator app, recovery codes, passkeys"),
        "trustedBrowsers": array(of: trust).described(
            "Where the second factor is not asked for at sign-in; those whose trust ended, too"),
        "invites": array(of: invite).described("Those the account made"),
        "links": array(of: link).described("Sent and not used"),
        "mails": array(of: mail).described("Not sent yet"),
        "events": array(of: .named(.event)).described(
            "What the account did and what happened to it, without what is about others"),
        "truncated": boolean.described("Whether there is more than 1,000 of one kind"),
    ])

    private static let session = object([
        "id": id, "address": string().orNull, "userAgent": string().orNull, "createdAt": time,
        "lastSeenAt": time, "expiresAt": time, "endedAt": time.orNull,
        "authenticatedAt": time.described("When you last showed who you are"),
        "methods": methods,
    ])

    private static let apiKey = object([
        "id": id, "name": string(), "prefix": string(), "scopes": array(of: scope),
        "createdAt": time, "lastUsedAt": time.orNull, "expiresAt": time.orNull,
        "revokedAt": time.orNull,
    ])

    private static let factor = object([
        "id": id, "kind": oneOf(Credential.Kind.self),
        "name": string().orNull.described("Of a passkey"), "createdAt": time,
        "lastUsedAt": time.orNull,
    ])

    private static let trust = object([
        "id": id, "address": string().orNull, "userAgent": string().orNull, "createdAt": time,
        "lastUsedAt": time.orNull, "expiresAt": time,
    ])

    private static let invite = object([
        "id": id, "email": email.orNull, "role": oneOf(Account.Role.self),
        "tier": oneOf(Account.Tier.self), "maxUses": integer(), "uses": integer(),
        "paused": boolean, "createdAt": time, "expiresAt": time,
    ])

    private static let link = object([
        "purpose": string(), "email": email.orNull, "createdAt": time, "expiresAt": time,
    ])

    private static let mail = object(["kind": string(), "createdAt": time])
}
