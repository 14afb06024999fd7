import Auth

/// The part of a query for accounts that looks for terms.
///
/// It reads the fewest rows: where a term is rare, the accounts that have it are read and sorted;
/// where all are frequent, accounts are read in the order of the list, and a page is soon full.
struct AccountSearch {
    /// The accounts that have the rarest term, as a table with their ids; nil where all terms are
    /// frequent.
    let source: String?
    /// The condition under which an account has the terms that are not in `source`.
    let condition: String
    /// The parameters, two for each term; the first is `$1`.
    let values: [SQLValue]

    /// The most accounts that are read and sorted for one page.
    static let mostSorted = 10_000

    /// A search; nil when no account can be found.
    ///
    /// - Parameters:
    ///   - sought: As `SearchTerms.sought` gives it.
    ///   - database: Knows how frequent the terms are.
    ///   - mostSorted: As `mostSorted`.
    /// - Throws: Any fault.
    init?(
        _ sought: [String], in database: Connection, mostSorted: Int = mostSorted
    ) throws(PostgreSQLError) {
        var counted: [(count: Int64, term: String)] = []
        for term in sought {
            let count = try database.integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM account_terms WHERE term BETWEEN $1 AND $2 LIMIT $3) AS found
                """, .text(term), .text(term.lastBeginningWithIt), .limit(mostSorted + 1))
            counted.append((count, term))
        }
        counted.sort { $0.count < $1.count }
        guard let rarest = counted.first else { return nil }
        let isRare = rarest.count <= Int64(mostSorted)
        source =
            isRare
            ? "(SELECT DISTINCT account_id FROM account_terms WHERE term \(Self.range(0)))" : nil
        let checked = counted.indices.dropFirst(isRare ? 1 : 0).map { index in
            """
            EXISTS (SELECT 1 FROM account_terms
                WHERE account_terms.account_id = accounts.id AND term \(Self.range(index)))
            """
        }
        condition = checked.isEmpty ? "true" : checked.joined(separator: " AND ")
        values = counted.flatMap { [.text($0.term), .text($0.term.lastBeginningWithIt)] }
    }

    /// Whether a term lies where those lie that begin with what is sought.
    private static func range(_ index: Int) -> String {
        "BETWEEN $\(2 * index + 1) AND $\(2 * index + 2)"
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
