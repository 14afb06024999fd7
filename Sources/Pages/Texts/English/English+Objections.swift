import Auth

extension English: ObjectionTexts {
    func objection(_ rule: InvalidInput.Rule, to label: String) -> String {
        switch rule {
        case .required: "Fill in “\(label)”."
        case .notText, .notFlag, .notList, .notOneOf, .neither, .notScopes:
            "“\(label)” cannot have this value. Choose one that is offered."
        case .notUTF8, .containsNUL:
            "“\(label)” contains characters that cannot be read. Type it again."
        case .notInRange(let range):
            "Enter a whole number from \(number(Int(range.lowerBound))) to "
                + "\(number(Int(range.upperBound)))."
        case .unknown: "“\(label)” cannot be changed here. Reload the page and try again."

        case .passwordTooShort(1, let minimum):
            "This password has 1 character. Use at least \(minimum)."
        case .passwordTooShort(let length, let minimum):
            "This password has \(length) characters. Use at least \(minimum)."
        case .passwordTooLong(let length, let maximum):
            "This password has \(number(length)) characters. Use at most \(maximum)."
        case .passwordIsPersonal:
            "This password is the email or the name of the account. Choose one that is harder to guess."
        case .commonPassword:
            "This is one of the most common passwords. Choose one that is harder to guess."
        case .samePassword: "This is the password you have now. Choose another one."

        case .notEmail(asciiDomain: nil): "Enter an email address, for example ada@example.com."
        case .notEmail(let domain?): "Write the part after the @ as \(domain)."
        case .otherEmail: "This is not the email of the account. Type it exactly as it is shown."
        case .sameEmail: "This is already the email of your account. Enter another one."
        case .nameLength(let maximum): "“\(label)” needs 1 to \(maximum) characters."
        case .nameHidesText:
            "“\(label)” contains control characters or invisible ones. Type it again without them."
        case .nameIsBlank: "“\(label)” needs at least one visible character."
        case .notTime: "Enter a date or a time in UTC, for example 2026-01-31."
        case .notID: "“\(label)” needs the id of an account, as its page shows it."
        case .searchTooLong(let maximum): "Search for at most \(maximum) characters."

        case .notLifetime:
            "Enter a number and a unit (h, d, w, m or y), for example 30d: from 1h to 10y."
        case .adminKeyLifetime(let days):
            "A key with administrator access expires after at most \(days) days."
        case .inviteLifetime: "An invitation is valid for an hour to a year."
        case .notSingleUse: "An invitation for one email can be used once. Enter 1."

        case .notOrigin:
            "Enter an address that starts with https:// and has no path, for example "
                + "https://auth.example.com."
        case .insecureOrigin:
            "The address has to start with https://. Without it, browsers refuse the session cookie."
        case .originOutside(let domain):
            "The address has to be in \(domain), which the session cookie is for."
        case .originOutsidePasskeys(let host):
            "The address has to be in \(host), which the passkeys of the accounts are for."
        case .originFixed(let origin, _):
            "The environment of the server sets this to \(origin) (LUNAUTH_WEBSITEURL). Change it there."
        case .notAccent:
            "Enter a colour as # and six digits or letters a to f, for example #30528c."
        case .notSupportContact: "Enter an email address, or an address that starts with https://."
        case .settingFixed(.file(let key)):
            "The configuration file sets this (\(key)). Change it there."
        case .settingFixed(.environment(let variable)):
            "The environment of the server sets this (\(variable)). Change it there."
        case .notRetentionPeriod:
            "Enter a number and a unit (h, d, w, m or y), for example 6m: from 6h to 100y."
        case .mailNotConfigured: "This needs email, and the server is not configured to send any."
        case .unsupportedDatabase:
            "The configuration of the server names another kind of database."
        case .notDatabaseName: "Use 1 to 64 letters, digits, hyphens and underscores."
        case .databaseNameFixed(let name):
            "The environment of the server sets the name of the database to \(name)."

        case .other: "“\(label)” cannot have this value."
        }
    }

}
