import Auth
import Crypto

extension SQLiteStore {
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        let rows = try read { (database) throws(SQLiteError) in
            guard let list = try AccountListing(query, page, in: database) else {
                return [Account]()
            }
            return try database.rows(list.sql, with: list.values, read: Account.init)
        }
        return Page(rows, of: page, cursor: query.cursor(after:))
    }
}
