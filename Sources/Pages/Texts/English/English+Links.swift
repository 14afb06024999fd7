import Auth

extension English: LinkTexts {
    var linkExpired: String { "This link has expired" }

    func lifetime(of purpose: LinkToken.Purpose) -> String {
        switch purpose {
        case .resetPassword: "Links that set a new password expire after 30 minutes."
        case .verifyEmail: "Links that confirm an email expire after 24 hours."
        case .decide: "Links that decide about an account expire after 7 days."
        }
    }

    var nothingWasChanged: String { "Nothing was changed" }

    func linkExpired(_ time: HTML) -> HTML {
        html {
            "The link expired "
            time
            "."
        }
    }

    func linkUsed(_ time: HTML) -> HTML {
        html {
            "This happened "
            time
            ". The link cannot be used again."
        }
    }

    var linkUnknown: String {
        "It may be incomplete, or a newer email has replaced it. Open the link in the newest email."
    }
    var requestNewLink: String { "Request a new link" }
    var goToAdministration: String { "Go to administration" }
}
