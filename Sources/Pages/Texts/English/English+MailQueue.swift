import Auth

extension English: MailQueueTexts {
    var mailsLead: String { "Emails that wait to be sent, and those that could not be delivered." }

    var mailRetried: String { "The email is tried again now." }
    var mailDropped: String { "The email was dropped. It is not sent any more." }
    var testMailSent: String { "A test email is on its way. If it fails, it appears below." }

    var noMailTransport: String { "This server sends no email" }
    var noMailTransportAdvice: String {
        "People cannot reset a password or confirm an email. "
            + "Set mail.transport in the configuration file and restart."
    }
    var testMailTitle: String { "Send a test" }
    var testMailAbout: String { "It is sent like every other email." }
    var sendTestMail: String { "Send test email" }

    var mailQueue: String { "Queue" }
    var noMails: String { "No emails are waiting. Sent emails are not kept." }
    func name(of kind: Mail.Kind) -> String {
        switch kind {
        case .welcome: "Welcome"
        case .approvalWanted: "Request for approval"
        case .approved: "Account approved"
        case .declined: "Account declined"
        case .invited: "Invitation"
        case .verify: "Confirmation of an email"
        case .reset: "Link to set a password"
        case .passwordChanged: "Password changed"
        case .passwordReset: "Password reset"
        case .newDevice: "Sign-in from a new device"
        case .emailChanged: "Email changed"
        case .apiKeyCreated: "API key created"
        case .addressRejected: "Account rejected by its reader"
        case .ownerChanged: "Owner changed"
        case .factorAdded: "Sign-in method added"
        case .factorRemoved: "Sign-in method removed"
        case .recoveryCodeUsed: "Recovery code used"
        case .recoveryCodesReplaced: "New recovery codes"
        case .factorsReset: "Second factors removed"
        case .passwordless: "Account without a password"
        case .test: "Test"
        }
    }
    var mailWaiting: String { "Waiting" }
    var mailGivenUp: String { "Given up" }
    func mailWritten(_ time: HTML) -> HTML {
        html {
            "Written "
            time
        }
    }
    func mailAttempts(_ count: Int) -> String {
        switch count {
        case 0: ", not tried yet"
        case 1: ", tried once"
        default: ", tried \(number(count)) times"
        }
    }
    func mailTriedNext(_ time: HTML) -> HTML {
        html {
            ", next "
            time
        }
    }
    var retryMail: String { "Retry" }
    var dropMail: String { "Drop" }
}
