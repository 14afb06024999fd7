extension Account {
    /// The name as lists are sorted by it: case-folded, compared by the bytes of its UTF-8 form.
    public var foldedName: String { Self.foldedName(name) }

    /// The form of a name by which lists are sorted.
    public static func foldedName(_ name: String) -> String { name.caseFolded }
}

/// A filter of accounts; nil matches any.
public struct AccountQuery: Sendable, Equatable {
    /// The status.
    public var status: Account.Status?
    /// The role.
    public var role: Account.Role?
    /// A text of which every word begins a part of name or address, as defined by `SearchTerms`,
    /// regardless of case.
    public var text: String?

    /// The beginnings of terms that an account must have; nil without a text.
    public var sought: [String]? { text.map(SearchTerms.sought) }

    /// Creates a filter; by default for all accounts.
    public init(
        status: Account.Status? = nil, role: Account.Role? = nil, text: String? = nil
    ) {
        self.status = status
        self.role = role
        self.text = text
    }
}
