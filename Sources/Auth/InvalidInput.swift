/// One invalid input: the rule that it breaks, for which every client has its own words.
public struct InvalidInput: Sendable, Equatable {
    /// The field of the request.
    public let field: String
    /// What is wrong with it.
    public let rule: Rule

    /// Creates an invalid input.
    public init(_ field: String, _ rule: Rule) {
        self.field = field
        self.rule = rule
    }

    /// A required input that is missing.
    public static func missing(_ field: String) -> InvalidInput {
        InvalidInput(field, .required)
    }

    /// A sentence without its subject, for programmers: it names the violated limit, never the value.
    public var message: String { rule.message }

    /// The rules of all inputs.
    ///
    /// A page says each in the language of its reader, so a rule has values and no text. Only what a
    /// person cannot bring about with a form is `other`.
    public enum Rule: Sendable, Equatable {
        // MARK: Any input
        /// It is missing.
        case required
        /// It is not a text.
        case notText
        /// It is not UTF-8.
        case notUTF8
        /// It contains a NUL character.
        case containsNUL
        /// It is neither true nor false.
        case notFlag
        /// It is not a list of texts.
        case notList
        /// It is none of these words.
        case notOneOf([String])
        /// It is neither of these words.
        case neither(String, String)
        /// It is not a whole number in this range.
        case notInRange(ClosedRange<Int64>)
        /// It is neither a date nor a time in UTC (RFC 3339).
        case notTime
        /// It is no id.
        case notID
        /// The request may not have it.
        case unknown

        // MARK: Passwords
        /// It has so many characters, fewer than the minimum.
        case passwordTooShort(length: Int, minimum: Int)
        /// It has so many characters, more than the maximum.
        case passwordTooLong(length: Int, maximum: Int)
        /// It is the email or the name of the account.
        case passwordIsPersonal
        /// It is one of the most common passwords.
        case commonPassword
        /// It is the password that the account has.
        case samePassword

        // MARK: Accounts
        /// It is no email address; with the ASCII form of the domain where that makes it one.
        case notEmail(asciiDomain: String?)
        /// It is the address of the account already.
        case sameEmail
        /// It is not the address of the account, which confirms what is done to the account.
        case otherEmail
        /// A name is empty, or has more characters than this.
        case nameLength(maximum: Int)
        /// A name contains control characters or invisible ones.
        case nameHidesText
        /// A name has no visible character.
        case nameIsBlank
        /// A search has more characters than this.
        case searchTooLong(maximum: Int)

        // MARK: Keys and invitations
        /// It is no length of time from an hour to ten years.
        case notLifetime
        /// It does not contain known scopes, each at most once.
        case notScopes
        /// A key with the scope `admin` is valid for more days than this.
        case adminKeyLifetime(maximumDays: Int)
        /// An invitation is valid for less than an hour or more than a year.
        case inviteLifetime
        /// An invitation for one address is good for more than one account.
        case notSingleUse

        // MARK: Settings
        /// It is no origin.
        case notOrigin
        /// An origin is not https, without which browsers refuse the configured cookie.
        case insecureOrigin
        /// An origin is outside the domain that the configured cookie is for.
        case originOutside(domain: String)
        /// An origin is outside the host that the configuration binds passkeys to.
        case originOutsidePasskeys(of: String)
        /// An origin differs from the first, which the environment of the server sets.
        case originFixed(to: Origin, wanted: Origin)
        /// It is no colour of the form `#rrggbb`.
        case notAccent
        /// It is neither an email address nor a URL, where people get help.
        case notSupportContact
        /// The configuration fixes the setting.
        case settingFixed(by: SettingPlace)
        /// It is no period of history, from 6 hours to 100 years.
        case notRetentionPeriod
        /// The setting needs a transport for mails, and none is configured.
        case mailNotConfigured
        /// The kind of database is not supported, or not the one that the configuration names.
        case unsupportedDatabase(inUse: DatabaseKind)
        /// It cannot be the name of a database.
        case notDatabaseName
        /// The environment of the server sets the name of the database to this one.
        case databaseNameFixed(to: String)

        /// A program sent what no form contains; the message.
        case other(String)
    }
}
