import Auth
import JSON
import Web

/// The values in requests and responses.
extension Schema {
    /// What an account, a session, an invitation or a key is known by.
    static let id = string(format: "uuid")

    /// A time in UTC, with milliseconds.
    static let time = string(format: "date-time").example(.string("2026-11-21T02:01:28.543Z"))

    /// What an API key may do.
    static let scope = oneOf(["read", "write", "admin"])

    /// How long something is good, as `Period` reads it: an hour to ten years, or seconds; or null.
    static let lifetime = lifetime(
        hours: "[1-9][0-9]{0,3}",
        days: "[1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|365[0-2]",
        weeks: "[1-9][0-9]?|[1-4][0-9]{2}|5[01][0-9]|52[01]",
        months: "[1-9][0-9]?|1[01][0-9]|12[01]", years: "[1-9]|10", seconds: 1...315_360_000)

    /// How long an invitation is good: an hour to a year.
    static let lifetimeOfInvite = lifetime(
        hours: "[1-9][0-9]{0,2}|[1-7][0-9]{3}|8[0-6][0-9]{2}|87[0-5][0-9]|876[0-6]",
        days: "[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-5]", weeks: "[1-9]|[1-4][0-9]|5[0-2]",
        months: "[1-9]|1[0-2]", years: "1", seconds: Invite.lifetimeBounds)

    private static func lifetime(
        hours: String, days: String, weeks: String, months: String, years: String,
        seconds: ClosedRange<Int64>
    ) -> Schema {
        any(of: [
            string(pattern: "^((\(hours))h|(\(days))d|(\(weeks))w|(\(months))m|(\(years))y)$")
                .described("Hours, days, weeks, months of 30 days or years")
                .example(.string("30d")),
            integer(seconds).described("Seconds"), null,
        ])
    }

    /// A JWT.
    static let token = string(pattern: #"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"#)
        .described("A JWT (HS256) for `Authorization: Bearer`; good until its `exp` or logout")

    /// By what a session was authenticated.
    static let methods = array(of: oneOf(["pwd", "otp", "hwk", "swk", "user"]))
        .described("By what, in the words of RFC 8176: `pwd` is the password, `otp` a code")

    /// The text that names a step that was begun.
    static let challenge = string(pattern: "^[A-Za-z0-9_-]{43}$")
        .example(.string("UhzxXPoN0oWqYbKXqSJkXw1ZzLq4kPq5cTnS9bZ8x3A"))

    /// The language of an account; null for that of the client.
    static let language = oneOf(Language.self).orNull
        .described("Of its pages and mails; null for that of the client")

    /// A page of a list.
    static func page(of items: Schema) -> Schema {
        object([
            "items": array(of: items).described("Newest first"),
            "nextCursor": string().orNull.described("Where the next page begins; null at the end"),
        ])
    }

    /// An email address, as `Email` reads it: blanks around it are dropped, its last label is no
    /// number.
    static let email = string(
        length: 3...254,
        pattern: "^ *[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
            + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
            + "[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9] *$"
    ).matching("^ *[^@]{1,64}@").matching("[A-Za-z-][A-Za-z0-9-]* *$")

    /// A name, as `PersonName` reads it: what hides, breaks or turns text is refused.
    ///
    /// An expression for every dialect covers only the first plane: what is forbidden beyond it is
    /// refused all the same.
    static let name = name(length: 1...100)

    /// The name of the site, as `SiteName` reads it.
    static let siteName = name(length: 1...SiteName.maximumLength)
        .example(.string("Example Books"))

    private static func name(length: ClosedRange<Int>) -> Schema {
        string(
            length: length,
            pattern: #"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f"#
                + #"\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]+$"#
        ).matching(
            #"[^\u0020\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d"#
                + #"\u202f\u205f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0]"#
        ).described("Blanks around it are dropped; at least one visible character, none that hides")
            .example(.string("Ada Lovelace"))
    }

    /// Where a site is found, as `Origin` reads it.
    static let origin = string(pattern: "^\(originPattern)/?$")
        .example(.string("https://auth.example.com"))

    private static let originPattern =
        "[Hh][Tt][Tt][Pp][Ss]?://"
        + "([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
        + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*|\\[[0-9A-Fa-f:]+\\])"
        + "(:[1-9][0-9]{0,4})?"

    /// The colour of the site, as `SiteAccent` reads it.
    static let siteAccent = string(pattern: "^#[0-9A-Fa-f]{6}$")
        .described("The colour of buttons and links").example(.string(SiteAccent.standard.hex))

    /// Where people get help, as `SupportContact` reads it.
    static let siteSupport = any(of: [
        email.example(.string("help@example.com")),
        string(
            length: 1...2_048,
            pattern: "^\(originPattern)([/?#][!#-;=?-\\[\\]_a-z~]*)?$"
        ).example(.string("https://example.com/help")),
    ])

    /// A value that a request may remove, by null or by an empty text.
    static func removable(_ schema: Schema) -> Schema {
        any(of: [schema, always(.string("")), null])
    }

    /// How long history is kept, as `Period` reads it.
    static let retentionPeriod = string(pattern: "^[0-9]{1,4}[hdwmy]$")
        .described("How long ended sessions are kept; from 6 hours to 100 years")
        .example(.string("6m"))

    /// A password that is there already: the rules for new ones are not applied.
    static let password = string(format: "password")

    /// A password for an account, as `PasswordPolicy` reads it.
    static func newPassword(minimumLength: Int) -> Schema {
        string(length: minimumLength...PasswordPolicy.maximumLength, format: "password")
            .described(
                """
                Any characters, counted in Unicode scalars (NFC); not the email or name of the \
                account, nor one of the most common passwords
                """
            ).example(.string("correct horse battery"))
    }

    /// What `RequestContext.success(ended:)` writes.
    static let ended = object([
        "success": always(.bool(true)), "ended": integer(0...Int64.max),
    ])
}
