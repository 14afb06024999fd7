import Auth
import JSON
import Web

/// The schemas that have a name in the document.
enum NamedSchema: String, CaseIterable {
    case error = "Error"
    case account = "Account"
    case signedIn = "SignedIn"
    case newPassword = "NewPassword"
    case session = "Session"
    case apiKey = "APIKey"
    case invite = "Invite"
    case settings = "Settings"
    case export = "Export"
    case factors = "Factors"
    case passkey = "Passkey"
    case passkeyRegistration = "PasskeyRegistration"
    case passkeyAssertion = "PasskeyAssertion"
    case trustedBrowser = "TrustedBrowser"
    case event = "Event"
    case success = "Success"

    /// What it says.
    ///
    /// - Parameter minimumPasswordLength: In Unicode scalars.
    /// - Returns: The schema.
    func schema(minimumPasswordLength: Int) -> Schema {
        switch self {
        case .error: .error
        case .account: .account
        case .signedIn: .signedIn
        case .newPassword: .newPassword(minimumLength: minimumPasswordLength)
        case .session: .session
        case .apiKey: .apiKey
        case .invite: .invite
        case .settings: .settings
        case .export: .export
        case .factors: .factors
        case .passkey: .passkey
        case .passkeyRegistration: .passkeyRegistration
        case .passkeyAssertion: .passkeyAssertion
        case .trustedBrowser: .trustedBrowser
        case .event: .event
        case .success: .object(["success": .always(.bool(true))])
        }
    }
}

extension Schema {
    /// A schema of the document, by its name.
    static func named(_ schema: NamedSchema) -> Schema { .named(schema.rawValue) }

    fileprivate static let error = object(
        [
            "error": string().described("A sentence for a person"),
            "code": oneOf(ErrorCode.self).described("Stable; programs branch on it"),
            "fields": map(of: string()).described(
                "Each invalid input, with a sentence without its subject"),
            "errorType": oneOf(["ownerExists"]).described("Beside `already_set_up` alone"),
            "challenge": challenge.described(
                "What the next step of a sign-in is sent with, once, within ten minutes"),
            "methods": array(of: oneOf(SignInMethod.self)).described(
                "What the next step, or another proof, is good with"),
        ], optional: ["fields", "errorType", "challenge", "methods"])

    fileprivate static let signedIn = object(
        [
            "token": token, "user": named(.account),
            "recoveryCodesLeft": integer(0...Int64.max).described("After one was used"),
        ], optional: ["recoveryCodesLeft"])

    fileprivate static let account = object([
        "id": id,
        "email": email.example(.string("ada@example.com")),
        "name": string(length: 1...100),
        "tier": oneOf(Account.Tier.self).described("The plan of a customer"),
        "created_at": time,
        "createdAt": time.described("The same as `created_at`"),
        "role": oneOf(Account.Role.self).described("`user` is a customer, the others are the team"),
        "status": oneOf(Account.Status.self).described(
            "`pending` waits for approval; `disabled` cannot sign in"),
        "emailVerified": boolean,
        "language": language,
    ])

    fileprivate static let session = object([
        "id": id,
        "device": string().described("From the User-Agent: `Firefox on Linux`"),
        "userAgent": string().orNull,
        "address": string().orNull.described("Where it began"),
        "createdAt": time,
        "lastSeenAt": time,
        "expiresAt": time,
        "authenticatedAt": time.described("When you last showed who you are"),
        "methods": methods,
        "current": boolean.described("Whether it is the session of this request"),
    ])

    fileprivate static let apiKey = object([
        "id": id,
        "name": string(length: 1...100),
        "prefix": string(pattern: "^luna_[0-9A-Za-z]{7}$").described("How its text begins"),
        "scopes": array(of: scope),
        "createdAt": time,
        "expiresAt": time.orNull,
        "lastUsedAt": time.orNull.described("To the minute"),
    ])

    fileprivate static let invite = object([
        "id": id,
        "email": email.orNull.described("The one address that may use it"),
        "role": oneOf(Account.Role.self),
        "tier": oneOf(Account.Tier.self),
        "maxUses": integer(1...Int64.max),
        "uses": integer(0...Int64.max),
        "paused": boolean,
        "createdAt": time,
        "expiresAt": time,
        "createdBy": id.orNull.described("Whose account made it"),
    ])

    fileprivate static let settings = object([
        "nativeSignin": boolean.described("Whether sign-in with a password is enabled"),
        "register": boolean.described("Whether new accounts are accepted at all"),
        "signup": boolean.described("Whether customers may open accounts"),
        "approval": boolean.described("Whether people who register wait for approval"),
        "requireEmailVerification": boolean.described("Whether addresses have to be confirmed"),
        "passkeys": boolean.described("Whether passkeys may sign in"),
        "mail": boolean.described("Whether mails are sent, such as links to set a new password"),
        "sso": boolean,
        "providers": array(of: string()),
        "siteName": siteName,
        "siteAccent": siteAccent,
        "siteSupport": siteSupport.orNull.described("Where people get help: an address or a URL"),
    ])
}
