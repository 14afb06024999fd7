import Auth
import Crypto

extension SQLiteStore {
    func accountTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [StoredTransfer] {
        try read { (database) throws(SQLiteError) in
            try database.rows(
                "SELECT \(AccountCredential.columns) FROM accounts \(Self.page)",
                Self.position(after), .optional(after) { .id($0.id) },
                .integer(Int64(max(0, limit))),
                read: AccountCredential.init
            ).map { credential throws(SQLiteError) in
                let id = credential.account.id
                return StoredTransfer(
                    credential: credential, factors: try database.credentials(of: id),
                    apiKeys: try database.keyTransfers(of: id))
            }
        }
    }

    func inviteTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [InviteTransfer] {
        try read { (database) throws(SQLiteError) in
            try database.rows(
                "SELECT \(Invite.columns), code_hash FROM invites \(Self.page)",
                Self.position(after), .optional(after) { .id($0.id) },
                .integer(Int64(max(0, limit)))
            ) { (row) throws(SQLiteError) in
                InviteTransfer(try Invite(row), codeHash: try row.digest(11))
            }
        }
    }

    private static let page = "WHERE (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?"

    private static func position(_ after: Cursor?) -> SQLValue {
        after.map(\.key.value) ?? .integer(.min)
    }
}

extension Database {
    /// The API keys of an account that were not revoked, oldest first.
    ///
    /// - Throws: Any fault of SQLite.
    fileprivate func keyTransfers(of accountID: UUID) throws(SQLiteError) -> [APIKeyTransfer] {
        try rows(
            "SELECT \(APIKeyDetails.columns), key_hash FROM api_keys"
                + " WHERE account_id = ? AND revoked_at IS NULL ORDER BY created_at, id",
            .id(accountID)
        ) { (row) throws(SQLiteError) in
            APIKeyTransfer(try APIKeyDetails(row), hash: try row.digest(8))
        }
    }
}
