import Auth

/// The query for one page of accounts, which reads no more rows of a large table than of a small one.
///
/// Accounts fall into 24 classes by status, role and whether the address is confirmed. An index has the
/// accounts of each class in the order of the list: of each requested class the first are read, and the
/// first of those are the page. Without a filter one index has all accounts in the order of the list.
struct AccountListing {
    /// The text of the query.
    let sql: String
    /// Its parameters.
    let values: [SQLValue]

    /// A page; nil when no account can be found.
    ///
    /// - Parameters:
    ///   - query: The filter and the order.
    ///   - page: The page.
    ///   - database: Knows how frequent terms are, and how large classes.
    ///   - mostSorted: The most accounts that are read and sorted for a search.
    /// - Throws: Any fault of SQLite.
    init?(
        _ query: AccountQuery, _ page: PageRequest, in database: Database,
        mostSorted: Int64 = AccountSearch.mostSorted
    ) throws(SQLiteError) {
        var search: AccountSearch?
        if let sought = query.sought {
            search = try AccountSearch(sought, in: database, mostSorted: mostSorted)
            guard search != nil else { return nil }
        }
        let order = AccountOrder(query.sort)
        let start = page.after.map { [$0.key.value, .id($0.id)] } ?? order.start
        let filter = AccountClasses(of: query)
        values = start + filter.values + [page.rows] + (search?.values ?? [])
        sql =
            if try filter.areRead(for: search, in: database, mostSorted: mostSorted) {
                Self.firstOfClasses(order, search)
            } else {
                Self.firstOfAll(order, search)
            }
    }

    private static func firstOfClasses(_ order: AccountOrder, _ search: AccountSearch?) -> String {
        """
        WITH \(AccountClasses.table)
        SELECT \(columns) FROM class CROSS JOIN accounts ON accounts.key IN (
            SELECT member.key FROM accounts AS member INDEXED BY \(order.indexOfClasses)
            WHERE \(AccountClasses.membership) AND \(order.position(of: "member"))
                AND \(search?.condition(on: "member.key") ?? "TRUE")
            \(order.first("member")))
        \(order.first("accounts"))
        """
    }

    private static func firstOfAll(_ order: AccountOrder, _ search: AccountSearch?) -> String {
        // SQLite joins in the order in which a CROSS JOIN is written.
        let source = search?.source.map {
            "\($0) AS found CROSS JOIN accounts ON accounts.key = found.account_key"
        }
        return """
            SELECT \(columns) FROM \(source ?? "accounts")
            WHERE \(order.position(of: "accounts")) AND \(AccountClasses.condition)
                AND \(search?.condition(on: "accounts.key") ?? "TRUE")
            \(order.first("accounts"))
            """
    }

    private static let columns = Account.columns.split(separator: ", ")
        .map { "accounts.\($0)" }.joined(separator: ", ")
}

/// The order of a list, in SQL: the first two parameters are where the page begins, the sixth is its
/// length.
private struct AccountOrder {
    private let column: String
    private let isDescending: Bool
    /// The index that has the accounts of each class in this order.
    let indexOfClasses: String
    /// What the first page begins after.
    let start: [SQLValue]

    init(_ sort: AccountSort) {
        switch sort {
        case .newest, .oldest:
            (column, indexOfClasses) = ("created_at", "accounts_by_class_and_age")
        case .name, .nameDescending:
            (column, indexOfClasses) = ("folded_name", "accounts_by_class_and_name")
        }
        switch sort {
        case .newest: (isDescending, start) = (true, [.integer(.max), .null])
        case .oldest: (isDescending, start) = (false, [.integer(.min), .null])
        case .name: (isDescending, start) = (false, [.text(""), .blob([])])
        // To SQLite, octets come after every text.
        case .nameDescending: (isDescending, start) = (true, [.blob([]), .null])
        }
    }

    /// Whether an account comes after where the page begins.
    func position(of table: String) -> String {
        "(\(table).\(column), \(table).id) \(isDescending ? "<" : ">") (?1, ?2)"
    }

    /// As many as the page has, in order.
    func first(_ table: String) -> String {
        let direction = isDescending ? "DESC" : "ASC"
        return "ORDER BY \(table).\(column) \(direction), \(table).id \(direction) LIMIT ?6"
    }
}
