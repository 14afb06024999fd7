extension Account {
    /// The name as lists are sorted by it: case-folded, compared by the bytes of its UTF-8 form.
    public var foldedName: String { Self.foldedName(name) }

    /// The form of a name by which lists are sorted.
    public static func foldedName(_ name: String) -> String { name.caseFolded }
}

/// The order of a list.
public enum AccountSort: String, Sendable, CaseIterable {
    /// By age, the newest first: the order of every list.
    case newest
    /// By age, the oldest first.
    case oldest
    /// By name, regardless of case.
    case name
    /// By name, backwards.
    case nameDescending
}

/// A filter of accounts, of which nil matches any, and their order.
public struct AccountQuery: Sendable, Equatable {
    /// The status.
    public var status: Account.Status?
    /// The role.
    public var role: Account.Role?
    /// Whether the address is confirmed.
    public var emailVerified: Bool?
    /// A text of which every word begins a part of name or address, as defined by `SearchTerms`,
    /// regardless of case.
    public var text: String?
    /// The order; accounts of the same age or name are ordered by their ids.
    public var sort = AccountSort.newest

    /// The beginnings of terms that an account must have; nil without a text.
    public var sought: [String]? { text.map(SearchTerms.sought) }

    /// Creates a filter; by default for all accounts, newest first.
    public init(
        status: Account.Status? = nil, role: Account.Role? = nil, emailVerified: Bool? = nil,
        text: String? = nil, sort: AccountSort = .newest
    ) {
        self.status = status
        self.role = role
        self.emailVerified = emailVerified
        self.text = text
        self.sort = sort
    }

    /// Whether status, role and address are as requested, whatever the text.
    public func admits(_ account: Account) -> Bool {
        status ?? account.status == account.status && role ?? account.role == account.role
            && emailVerified ?? account.isVerified == account.isVerified
    }

    /// The position right after an account in the requested order.
    public func cursor(after account: Account) -> Cursor {
        switch sort {
        case .newest, .oldest: Cursor(createdAt: account.createdAt, id: account.id, sort)
        case .name, .nameDescending: Cursor(foldedName: account.foldedName, id: account.id, sort)
        }
    }
}

extension Account {
    fileprivate var isVerified: Bool { emailVerifiedAt != nil }
}
