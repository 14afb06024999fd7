extension InvalidInput.Rule {
    /// The sentence of the JSON API and the command line.
    var message: String {
        switch self {
        case .required: "is required"
        case .notText: "must be a string"
        case .notUTF8: "must be UTF-8"
        case .containsNUL: "must not contain a NUL character"
        case .notFlag: "must be true or false"
        case .notList: "must be an array of strings"
        case .notOneOf(let words): "must be one of: \(words.joined(separator: ", "))"
        case .neither(let first, let second): "must be \(first) or \(second)"
        case .notInRange(let range):
            "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .notTime: "must be a date or a time in UTC, such as 2026-01-31T09:05:00Z"
        case .notID: "must be an id"
        case .unknown: "is unknown"

        case .passwordTooShort(_, let minimum): "must have at least \(minimum) characters"
        case .passwordTooLong(_, let maximum): "must have at most \(maximum) characters"
        case .passwordIsPersonal: "must not be the email or the name of the account"
        case .commonPassword: "is one of the most common passwords"
        case .samePassword: "must differ from the present password"

        case .notEmail(.none): "must be an email address"
        case .notEmail(let domain?):
            "must be an email address in ASCII; write its domain as \(domain)"
        case .otherEmail: "must be the address of the account"
        case .sameEmail: "is the address of this account already"
        case .nameLength(let maximum): "must have 1 to \(maximum) characters"
        case .nameHidesText: "must not hold control characters or invisible ones"
        case .nameIsBlank: "must have a visible character"
        case .searchTooLong(let maximum): "must have at most \(maximum) characters, no NUL"

        case .notLifetime:
            """
            must be 1 to 4 digits and one of h, d, w, m, y, from 1h to 10y, or a number of \
            seconds from 1 to 315360000
            """
        case .notScopes: #"must hold "read", "write" or "admin", each at most once"#
        case .adminKeyLifetime(let days): #"must be at most \#(days) days with the scope "admin""#
        case .inviteLifetime: "must be an hour to a year"
        case .notSingleUse: "must be 1 beside an email"

        case .notOrigin: "must be http:// or https://, a host and at most a port"
        case .insecureOrigin:
            "must be https: browsers refuse the configured cookie without it"
        case .originOutside(let domain):
            "must be in \(domain), which the configured cookie is for"
        case .originOutsidePasskeys(let host):
            "must be in \(host), which passkeys.rpId binds passkeys to"
        case .originFixed(let origin, let wanted):
            """
            is \(origin) by LUNAUTH_WEBSITEURL in the environment of the server, which would win \
            over \(wanted) in setup.json
            """
        case .notAccent: "must be \(SiteAccent.expected)"
        case .notSupportContact: "must be \(SupportContact.expected)"
        case .settingFixed(let place): "is set in \(place)"
        case .notRetentionPeriod:
            "must be 1 to 4 digits and one of h, d, w, m, y, from 6 hours to 100 years"
        case .mailNotConfigured: "needs a mail.transport in the configuration"
        case .unsupportedDatabase(let inUse):
            "is not supported; supported: \(inUse.name) (alias \(inUse.alias))"
        case .notDatabaseName: "must have 1 to 64 letters, digits, _ or -"
        case .databaseNameFixed(let name): "is fixed to \(name) by the environment of the server"

        case .other(let message): message
        }
    }
}
