/// What the pages say to a person about the events of the own account.
protocol ActivityTexts {
    var activityIntroduction: String { get }
    var noActivity: String { get }
    /// Leads to the whole list.
    var viewAll: String { get }
    /// The button beside a sign-in.
    var wasNotMe: String { get }
    /// Of what the person did to the account of another.
    var toAnotherAccount: String { get }
    /// The link beside the form for a new password.
    var resetUnknownPassword: String { get }
    func eventsShown(_ count: Int) -> String
}
