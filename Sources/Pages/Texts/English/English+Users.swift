import Auth

extension English: UsersTexts {
    var usersLead: String { "Everyone who has an account here." }
    var exportAccounts: String { "Export accounts" }

    func done(_ decision: AccountDecision) -> String {
        switch decision {
        case .approved: "The account was approved and can be used now."
        case .declined: "The account was declined and deleted."
        }
    }

    var userDeleted: String { "The account was deleted with everything that belonged to it." }
    var searchUsers: String { "Search name or email" }
    var search: String { "Search" }
    var filterByStatus: String { "Filter by status" }
    var allAccounts: String { "All" }
    var filterByRole: String { "Filter by role" }
    var allRoles: String { "All roles" }
    var orderOfUsers: String { "Order" }

    func name(of sort: AccountSort) -> String {
        switch sort {
        case .newest: "Newest first"
        case .oldest: "Oldest first"
        case .name: "Name, A to Z"
        case .nameDescending: "Name, Z to A"
        }
    }

    var noSuchList: String { "This list does not exist" }
    var noSuchListAdvice: String {
        "The address of the page has a filter, an order or a page that is unknown. Choose from those below."
    }

    var created: String { "Created" }
    var lastSeen: String { "Last seen" }
    var notSeenLately: String { "Not recently" }
    var noUsersFound: String { "No account matches. Search for other words, or show all accounts." }

    func usersShown(_ count: Int) -> String {
        switch count {
        case 0: "No accounts on this page"
        case 1: "1 account on this page"
        default: "\(number(count)) accounts on this page"
        }
    }
}
