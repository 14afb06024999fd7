import Auth

extension English: CredentialTexts {
    var sessionsIntroduction: String {
        "Browsers and programs signed in to your account. End any you do not recognize."
    }
    var endOtherSessions: String { "End all others" }
    var thisDevice: String { "This device" }

    var unknownDevice: String { "Unknown device" }
    var unknownAddress: String { "Unknown address" }

    func signedIn(_ time: HTML) -> HTML {
        html {
            "signed in "
            time
        }
    }

    func used(_ time: HTML) -> HTML {
        html {
            "used "
            time
        }
    }

    var end: String { "End" }

    var keysIntroduction: String {
        "Keys let programs act on your behalf until they expire or you revoke them."
    }
    var noKeys: String { "No API keys yet. Those you create appear here." }

    func allowed(by scopes: APIKey.Scopes) -> String {
        var verbs: [String] = []
        if scopes.contains(.read) { verbs.append("reads") }
        if scopes.contains(.write) { verbs.append("writes") }
        if scopes.contains(.admin) { verbs.append("administers") }
        return verbs.count < 3
            ? verbs.joined(separator: " and ") : "\(verbs[0]), \(verbs[1]) and \(verbs[2])"
    }

    var neverUsed: String { "never used" }

    func expires(_ date: HTML) -> HTML {
        html {
            "expires "
            date
        }
    }

    func ends(inDays days: Int) -> String {
        switch days {
        case ...0: "Ends today"
        case 1: "Ends tomorrow"
        default: "Ends in \(days) days"
        }
    }

    var revoke: String { "Revoke" }

    var createKey: String { "Create API key" }
    var nameOfKey: String { "Name of the key" }
    var nameOfKeyHint: String { "Name the program that uses it." }
    var scopesOfKey: String { "Access" }

    func name(of scope: APIKey.Scopes) -> String {
        switch scope {
        case .read: "Read your account"
        case .write: "Change your account"
        default: "Administer the site"
        }
    }

    func hint(for scope: APIKey.Scopes) -> String? {
        scope == .admin
            ? "Accounts, invitations and settings. Such a key lasts at most 90 days." : nil
    }

    var keyEnds: String { "Expires" }

    func name(of period: APIKeyPeriod) -> String {
        switch period {
        case .month: "In 30 days"
        case .quarter: "In 90 days"
        case .year: "In 1 year"
        case .unlimited: "Never"
        }
    }

    var keyCreated: String { "Your new API key" }

    var copyKeyNow: HTML {
        html {
            b { "Copy the key now." }
            " Only a hash is stored, so it cannot be shown again."
        }
    }

    var copyKey: String { "Copy key" }
    var tryIt: String { "Try it" }
    var keySaved: String { "I have saved the key" }
    var keyAlreadyCreated: String { "This API key was already created" }
    var keyNotShownAgain: String {
        "The key was shown once and cannot be shown again. If you did not save it, revoke it and "
            + "create another one."
    }
    var keyNoLongerValid: String {
        "It has expired or was revoked since. Create another one if you need it."
    }
    var revokeKey: String { "Revoke key" }
    var goToKeys: String { "Go to your API keys" }
    var noticeSentTo: String { "Notice sent to" }

    func pages(of section: AccountSection) -> String { "\(name(of: section)), pages" }

    func shown(_ range: ClosedRange<Int>, of count: Int) -> String {
        "\(number(range.lowerBound)) to \(number(range.upperBound)) of \(number(count))"
    }

    var previousPage: String { "Previous" }
    var nextPage: String { "Next" }
}
