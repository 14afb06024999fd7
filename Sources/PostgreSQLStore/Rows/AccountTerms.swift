import Auth
import Crypto

/// The terms by which accounts are found: `account_terms`, which follows the names and addresses of
/// `accounts`.
enum AccountTerms {
    /// Adds the terms of an account that has none; does nothing without the account.
    static func adding(_ account: Account) -> Query {
        let terms = SearchTerms.of(name: account.name, address: account.email.address)
        return inserting(terms, of: account.id)
    }

    /// Makes the terms of an account those of its present name and address; does nothing without it.
    ///
    /// - Throws: Any fault.
    static func follow(_ id: UUID, in database: Connection) throws(PostgreSQLError) {
        guard let account = try database.account(id) else { return }
        let terms = SearchTerms.of(name: account.name, address: account.email.address)
        try database.execute([
            Query(
                "DELETE FROM account_terms WHERE account_id = $1 AND term <> ALL ($2)",
                [.id(id), .texts(terms.sorted())]),
            inserting(terms, of: id),
        ])
    }

    private static func inserting(_ terms: Set<String>, of id: UUID) -> Query {
        Query(
            """
            INSERT INTO account_terms (term, account_id)
            SELECT term, accounts.id FROM accounts CROSS JOIN unnest($2) AS term
            WHERE accounts.id = $1
            ON CONFLICT DO NOTHING
            """, [.id(id), .texts(terms.sorted())])
    }
}
