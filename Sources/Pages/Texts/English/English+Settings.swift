extension English: SettingsTexts {
    var settingsLead: String {
        "Changes take effect on the next request. They never end a session."
    }
    var settingsStored: String { "The settings were saved." }

    var joiningTitle: String { "Registration and sign-in" }
    var allowRegistration: String { "Allow registration" }
    var allowRegistrationHint: String {
        "People can register as members. When off, they need an invitation."
    }
    var requireApproval: String { "Approve new members" }
    var requireApprovalHint: String {
        "New members wait until an administrator approves them. Invited people do not wait."
    }
    var allowSignup: String { "Allow customer sign-up" }
    var allowSignupHint: String {
        "Customers are active immediately, with the role Customer on the Free plan."
    }
    var allowSignIn: String { "Allow sign-in" }
    var allowSignInHint: String {
        "With a password or a passkey. When off, only the owner and administrators can sign in, "
            + "and registration is closed."
    }
    var requireConfirmation: String { "Require confirmed emails" }
    var requireConfirmationHint: String {
        "Members and customers can do nothing until they have opened the link in our email."
    }
    var saveSettings: String { "Save settings" }

    var siteTitle: String { "Name and look" }
    var siteAbout: String { "Shown on every page and in every email." }
    var siteNameLabel: String { "Site name" }
    var siteAccentLabel: String { "Colour" }
    func siteAccentHint(_ example: String) -> String {
        "A hex value such as \(example). Contrast is adjusted automatically."
    }
    var siteSupportLabel: String { "Support contact" }
    var siteSupportHint: String { "An email address or a URL." }
    var saveSite: String { "Save name and look" }

    var serverTitle: String { "Server" }
    var websiteLabel: String { "Public address" }
    var websiteHint: String {
        "Links in emails lead there. It starts with https:// and has no path."
    }
    var websiteNeedsPassword: String {
        "Changing the public address needs your password, as links in emails lead there."
    }
    var retentionLabel: String { "Keep history for" }
    func period(_ text: String) -> String {
        guard let count = Int(text.dropLast()), let unit = text.last else { return text }
        return switch (count, unit) {
        case (1, "h"): "1 hour"
        case (_, "h"): "\(count) hours"
        case (1, "d"): "1 day"
        case (_, "d"): "\(count) days"
        case (1, "w"): "1 week"
        case (_, "w"): "\(count) weeks"
        case (1, "m"): "1 month"
        case (_, "m"): "\(count) months"
        case (1, "y"): "1 year"
        case (_, "y"): "\(count) years"
        default: text
        }
    }
    var migrationLabel: String { "Database migrations" }
    var migrationHint: String {
        "When run by hand, a new version starts only after “lunauth migrate”."
    }
    var migratesAutomatically: String { "Run at start" }
    var migratesManually: String { "Run by hand" }
    var saveServer: String { "Save server settings" }

    func setInFile(_ key: String) -> String {
        "Set in the configuration file (\(key)). To change it, edit the file and restart."
    }
    func setInEnvironment(_ variable: String) -> String {
        "Set by the environment variable \(variable)."
    }
    var ownerOnly: String { "Only the owner can change this." }
}
