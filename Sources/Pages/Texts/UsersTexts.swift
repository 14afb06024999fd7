import Auth

/// What the list of users says.
protocol UsersTexts {
    var usersLead: String { get }
    /// Leads to all accounts in JSON, without what they are proven with.
    var exportAccounts: String { get }
    /// That an account was approved or declined; a sentence.
    func done(_ decision: AccountDecision) -> String
    var userDeleted: String { get }

    // MARK: Search and filters
    var searchUsers: String { get }
    var search: String { get }
    var filterByStatus: String { get }
    var allAccounts: String { get }
    var filterByRole: String { get }
    var allRoles: String { get }
    var orderOfUsers: String { get }
    func name(of sort: AccountSort) -> String
    /// The title for an address that asks for what no filter offers.
    var noSuchList: String { get }
    var noSuchListAdvice: String { get }

    // MARK: The table
    var created: String { get }
    var lastSeen: String { get }
    /// In the place of a time, for an account without a session that is kept.
    var notSeenLately: String { get }
    var noUsersFound: String { get }
    func usersShown(_ count: Int) -> String
}
