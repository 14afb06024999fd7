import Auth
import Crypto

extension SQLiteStore {
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        let rows = try read { (database) throws(SQLiteError) in
            let search = try AccountSearch(query.sought, in: database)
            guard let search else { return [Account]() }
            return try database.rows(
                """
                SELECT \(Account.columns) FROM \(search.source)
                WHERE (created_at, id) < (?1, ?2)
                    AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR role = ?4)
                    AND \(search.condition)
                ORDER BY created_at DESC, id DESC LIMIT ?5
                """,
                with: [
                    page.time, page.id, .optional(query.status) { .text($0.rawValue) },
                    .optional(query.role) { .text($0.rawValue) }, page.rows,
                ] + search.values, read: Account.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.id) }
    }
}

/// The part of a query for accounts that looks for terms; its parameters begin with the sixth.
///
/// It reads the fewest rows: where a term is rare, the accounts that have it are read and sorted;
/// where all are frequent, accounts are read from the newest on, and a page is soon full.
struct AccountSearch {
    /// What comes behind FROM.
    let source: String
    /// What comes behind AND.
    let condition: String
    /// The parameters, two for each term.
    let values: [SQLValue]

    private static let firstParameter = 6
    /// The most accounts that are read and sorted for one page.
    static let mostSorted: Int64 = 10_000

    /// A search; nil when no account can be found.
    ///
    /// - Parameters:
    ///   - sought: As `SearchTerms.sought` gives it; nil where all accounts are meant.
    ///   - database: Knows how frequent the terms are.
    ///   - mostSorted: As `mostSorted`.
    /// - Throws: Any fault of SQLite.
    init?(
        _ sought: [String]?, in database: Database, mostSorted: Int64 = mostSorted
    ) throws(SQLiteError) {
        var counted: [(count: Int64, term: String)] = []
        for term in sought ?? [] {
            let count = try database.integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM account_terms WHERE term BETWEEN ? AND ? LIMIT ?)
                """, .text(term), .text(term.lastBeginningWithIt), .integer(mostSorted + 1))
            counted.append((count, term))
        }
        counted.sort { $0.count < $1.count }
        guard let rarest = counted.first else {
            guard sought == nil else { return nil }
            (source, condition, values) = ("accounts", "TRUE", [])
            return
        }
        // SQLite joins in the order in which a CROSS JOIN is written.
        let isRare = rarest.count <= mostSorted
        source =
            isRare
            ? """
            (SELECT DISTINCT account_key FROM account_terms WHERE term \(Self.range(0))) AS found
            CROSS JOIN accounts ON accounts.key = found.account_key
            """ : "accounts"
        let conditions = counted.indices.dropFirst(isRare ? 1 : 0).map { index in
            """
            EXISTS (SELECT 1 FROM account_terms INDEXED BY terms_by_account
                WHERE account_key = accounts.key AND term \(Self.range(index)))
            """
        }
        condition = conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
        values = counted.flatMap { [.text($0.term), .text($0.term.lastBeginningWithIt)] }
    }

    /// Whether a term lies where those lie that begin with what is sought.
    private static func range(_ index: Int) -> String {
        let parameter = firstParameter + 2 * index
        return "BETWEEN ?\(parameter) AND ?\(parameter + 1)"
    }
}

extension String {
    /// What every text that begins with this one sorts before: no term holds a noncharacter.
    fileprivate var lastBeginningWithIt: String {
        var text = self
        if let last = Unicode.Scalar(0x10FFFF as UInt32) { text.unicodeScalars.append(last) }
        return text
    }
}
