import Auth

/// The classes of accounts that a filter requests, in SQL: the third to the fifth parameter.
struct AccountClasses {
    /// The status, the role, and whether the address is confirmed; NULL for any.
    let values: [SQLValue]
    private let isFilter: Bool

    init(of query: AccountQuery) {
        values = [
            .optional(query.status) { .text($0.rawValue) },
            .optional(query.role) { .text($0.rawValue) },
            .optional(query.emailVerified) { .integer($0 ? 1 : 0) },
        ]
        isFilter = query.status != nil || query.role != nil || query.emailVerified != nil
    }

    /// Whether a query is to read the first accounts of each class.
    ///
    /// Not for a search that reads few accounts anyway; and not for one whose terms are frequent, where
    /// the classes are large: a class without the terms would be read to its end, while among all
    /// accounts a page is soon full.
    func areRead(
        for search: AccountSearch?, in database: Database, mostSorted: Int64
    ) throws(SQLiteError) -> Bool {
        guard isFilter, let search else { return isFilter }
        guard search.source == nil else { return false }
        return try size(in: database, upTo: mostSorted + 1) <= mostSorted
    }

    /// How many accounts the classes have, counted up to a limit.
    func size(in database: Database, upTo limit: Int64) throws(SQLiteError) -> Int64 {
        let count = try database.rows(
            """
            WITH \(Self.table)
            SELECT count(*) FROM (
                SELECT 1 FROM class CROSS JOIN accounts AS member
                    INDEXED BY accounts_by_class_and_age ON \(Self.membership)
                LIMIT ?6)
            """, with: [.null, .null] + values + [.integer(limit)]
        ) { (row) throws(SQLiteError) in try row.integer(0) }
        return count.first ?? 0
    }

    /// The requested classes, as a table.
    static let table = """
        class (status, role, is_verified) AS (
            SELECT status.column1, role.column1, is_verified.column1
            FROM (VALUES \(rows(Account.Status.self))) AS status,
                (VALUES \(rows(Account.Role.self))) AS role,
                (VALUES (0), (1)) AS is_verified
            WHERE (?3 IS NULL OR status.column1 = ?3) AND (?4 IS NULL OR role.column1 = ?4)
                AND (?5 IS NULL OR is_verified.column1 = ?5))
        """

    /// Whether an account is a member of a class.
    static let membership = """
        member.status = class.status AND member.role = class.role
            AND (member.email_verified_at IS NOT NULL) = class.is_verified
        """

    /// Whether an account is in a requested class.
    static let condition = """
        (?3 IS NULL OR accounts.status = ?3) AND (?4 IS NULL OR accounts.role = ?4)
            AND (?5 IS NULL OR (accounts.email_verified_at IS NOT NULL) = ?5)
        """

    private static func rows<Choice: CaseIterable & RawRepresentable<String>>(
        _ choices: Choice.Type
    ) -> String {
        Choice.allCases.map { "('\($0.rawValue)')" }.joined(separator: ", ")
    }
}
