import Auth

/// The classes of accounts that a filter requests, in SQL.
///
/// Accounts fall into 24 classes by status, role and whether the address is confirmed. An index has the
/// accounts of each class in the order of a list.
struct AccountClasses {
    /// The requested classes, as a table.
    let table: String
    private let isFilter: Bool

    init(of query: AccountQuery) {
        let statuses = query.status.map { [$0] } ?? Account.Status.allCases
        let roles = query.role.map { [$0] } ?? Account.Role.allCases
        let verified = query.emailVerified.map { [$0] } ?? [true, false]
        let rows = statuses.flatMap { status in
            roles.flatMap { role in
                verified.map { "('\(status.rawValue)', '\(role.rawValue)', \($0))" }
            }
        }
        table = "(VALUES \(rows.joined(separator: ", "))) AS class (status, role, is_verified)"
        isFilter = query.status != nil || query.role != nil || query.emailVerified != nil
        condition =
            !isFilter
            ? "true"
            : "(accounts.status, accounts.role, accounts.email_verified_at IS NOT NULL) IN"
                + " (\(rows.joined(separator: ", ")))"
    }

    /// Whether an account is in a requested class.
    let condition: String

    /// Whether an account is a member of a class.
    static let membership = """
        accounts.status = class.status AND accounts.role = class.role
            AND (accounts.email_verified_at IS NOT NULL) = class.is_verified
        """

    /// Whether a query is to read the first accounts of each class.
    ///
    /// Not for a search that reads few accounts anyway; and not for one whose terms are frequent, where
    /// the classes are large: a class without the terms would be read to its end, while among all
    /// accounts a page is soon full.
    func areRead(
        for search: AccountSearch?, in database: Connection, mostSorted: Int
    ) throws(PostgreSQLError) -> Bool {
        guard isFilter, let search else { return isFilter }
        guard search.source == nil else { return false }
        return try size(in: database, upTo: mostSorted + 1) <= mostSorted
    }

    /// How many accounts the classes have, counted up to a limit.
    func size(in database: Connection, upTo limit: Int) throws(PostgreSQLError) -> Int {
        Int(
            try database.integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM \(table) CROSS JOIN LATERAL (
                        SELECT 1 FROM accounts WHERE \(Self.membership) LIMIT $1) AS member
                    LIMIT $1) AS found
                """, .limit(limit)))
    }
}
