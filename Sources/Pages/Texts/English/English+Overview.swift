extension English: OverviewTexts {
    func overviewLead(waiting: Int, hasMore: Bool, needsAttention: Bool) -> String {
        let people =
            switch waiting {
            case 0: ""
            case 1: "One person is waiting for approval"
            default:
                "\(hasMore ? "More than \(waiting)" : "\(waiting)") people are waiting for approval"
            }
        return switch (waiting > 0, needsAttention) {
        case (true, true): "\(people), and this server needs attention."
        case (true, false): "\(people)."
        case (false, true): "This server needs attention."
        case (false, false): "Nothing is waiting for you."
        }
    }

    var waitingForApprovalTitle: String { "Waiting for approval" }
    var showAllWaiting: String { "Show all" }
    func requested(_ email: String, at time: HTML) -> HTML {
        html {
            "\(email), requested "
            time
        }
    }
    var approve: String { "Approve" }
    var decline: String { "Decline" }

    var needsAttention: String { "Needs attention" }
    func undelivered(_ count: Int) -> String {
        count == 1
            ? "One email could not be delivered" : "\(number(count)) emails could not be delivered"
    }
    var undeliveredAdvice: String {
        "Delivery was given up. Look at the reason, then retry or drop."
    }
    var reviewEmails: String { "Review emails" }
    func failingCheck(_ name: String) -> String { "The check “\(name)” fails" }
    func reported(_ word: String) -> HTML {
        html {
            "It reports "
            code { word }
            ". The log of the server says more."
        }
    }
    var rejectedAddress: String { "An administrator's email may be mistyped" }
    var rejectedAddressAdvice: String {
        "A person who reads that mailbox reported that the account is not theirs."
    }
    var openAccount: String { "Open account" }
    var heldBackNotices: String { "Notices to the owner are held back" }
    var heldBackNoticesAdvice: String { "The owner's email is not confirmed yet." }
    var allChecksPass: String { "All checks pass: database, disk space, email and configuration." }

    var atAGlance: String { "At a glance" }
    var accounts: String { "Accounts" }
    var unconfirmedAccounts: String { "Email not confirmed" }

    var thisServer: String { "This server" }
    var version: String { "Version" }
    var address: String { "Address" }
}
