import Auth

/// The query for one page of accounts, which reads no more rows of a large table than of a small one.
///
/// Of each requested class of accounts the first are read, in the order of an index, and the first of those
/// are the page. Without a filter one index has all accounts in the order of the list.
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
    /// - Throws: Any fault.
    init?(
        _ query: AccountQuery, _ page: PageRequest, in database: Connection,
        mostSorted: Int = AccountSearch.mostSorted
    ) throws(PostgreSQLError) {
        var search: AccountSearch?
        if let sought = query.sought {
            search = try AccountSearch(sought, in: database, mostSorted: mostSorted)
            guard search != nil else { return nil }
        }
        let (column, direction) =
            switch query.sort {
            case .newest: ("created_at", "DESC")
            case .oldest: ("created_at", "ASC")
            case .name: ("folded_name", "ASC")
            case .nameDescending: ("folded_name", "DESC")
            }
        var values = search?.values ?? []
        var conditions = [search?.condition ?? "true"]
        if let after = page.after {
            values += [after.key.value, .id(after.id)]
            let sign = direction == "ASC" ? ">" : "<"
            conditions.append(
                "(accounts.\(column), accounts.id) \(sign) ($\(values.count - 1), $\(values.count))"
            )
        }
        values.append(.integer(Int64(page.limit) + 1))
        let first =
            "ORDER BY accounts.\(column) \(direction), accounts.id \(direction)"
            + " LIMIT $\(values.count)"
        self.values = values

        let classes = AccountClasses(of: query)
        if try classes.areRead(for: search, in: database, mostSorted: mostSorted) {
            let condition = conditions.joined(separator: " AND ")
            sql = """
                SELECT \(Self.columns) FROM \(classes.table) CROSS JOIN LATERAL (
                    SELECT * FROM accounts WHERE \(AccountClasses.membership) AND \(condition)
                    \(first)) AS accounts
                \(first)
                """
        } else {
            let source = search?.source.map {
                "\($0) AS found JOIN accounts ON accounts.id = found.account_id"
            }
            let condition = (conditions + [classes.condition]).joined(separator: " AND ")
            sql = """
                SELECT \(Self.columns) FROM \(source ?? "accounts") WHERE \(condition) \(first)
                """
        }
    }

    private static let columns = Account.columns.split(separator: ", ")
        .map { "accounts.\($0)" }.joined(separator: ", ")
}

extension PostgreSQLStore {
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        let rows = try read { (database) throws(PostgreSQLError) in
            guard let list = try AccountListing(query, page, in: database) else {
                return [Account]()
            }
            return try database.rows(list.sql, with: list.values, read: Account.init)
        }
        return Page(rows, of: page, cursor: query.cursor(after:))
    }
}
