import Auth

/// The part of a query for accounts that looks for terms.
///
/// It reads the fewest rows: where a term is rare, the accounts that have it are read and sorted;
/// where all are frequent, accounts are read in the order of the list, and a page is soon full.
struct AccountSearch {
    /// The accounts that have the rarest term, as a table with their keys; nil where all terms are
    /// frequent.
    let source: String?
    /// The parameters, two for each term.
    let values: [SQLValue]
    /// Which terms have to be looked up for each account.
    private let checked: Range<Int>

    private static let firstParameter = 7
    /// The most accounts that are read and sorted for one page.
    static let mostSorted: Int64 = 10_000

    /// A search; nil when no account can be found.
    ///
    /// - Parameters:
    ///   - sought: As `SearchTerms.sought` gives it.
    ///   - database: Knows how frequent the terms are.
    ///   - mostSorted: As `mostSorted`.
    /// - Throws: Any fault of SQLite.
    init?(
        _ sought: [String], in database: Database, mostSorted: Int64 = mostSorted
    ) throws(SQLiteError) {
        var counted: [(count: Int64, term: String)] = []
        for term in sought {
            let count = try database.integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM account_terms WHERE term BETWEEN ? AND ? LIMIT ?)
                """, .text(term), .text(term.lastBeginningWithIt), .integer(mostSorted + 1))
            counted.append((count, term))
        }
        counted.sort { $0.count < $1.count }
        guard let rarest = counted.first else { return nil }
        let isRare = rarest.count <= mostSorted
        source =
            isRare
            ? "(SELECT DISTINCT account_key FROM account_terms WHERE term \(Self.range(0)))" : nil
        checked = (isRare ? 1 : 0)..<counted.count
        values = counted.flatMap { [.text($0.term), .text($0.term.lastBeginningWithIt)] }
    }

    /// The condition under which an account has the terms that are not in `source`.
    ///
    /// - Parameter key: The column that identifies the account.
    /// - Returns: What comes behind AND.
    func condition(on key: String) -> String {
        let conditions = checked.map { index in
            """
            EXISTS (SELECT 1 FROM account_terms INDEXED BY terms_by_account
                WHERE account_key = \(key) AND term \(Self.range(index)))
            """
        }
        return conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
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
