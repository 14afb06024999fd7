extension English: ActivityTexts {
    var activityIntroduction: String {
        "Sign-ins and changes, the latest first. If a sign-in was not you, say so here: the session ends."
    }
    var noActivity: String { "No events yet. Sign-ins and changes of your account appear here." }
    var viewAll: String { "View all" }
    var wasNotMe: String { "This was not me" }
    var toAnotherAccount: String { "on another account" }
    var resetUnknownPassword: String { "Set a new password by email, without the current one" }

    func eventsShown(_ count: Int) -> String {
        switch count {
        case 0: "No events on this page"
        case 1: "1 event on this page"
        default: "\(number(count)) events on this page"
        }
    }
}
