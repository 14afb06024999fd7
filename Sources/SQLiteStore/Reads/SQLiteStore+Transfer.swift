import Auth
import Crypto

extension SQLiteStore {
    func accountTransfers(after: UUID?, limit: Int) throws(AuthError) -> [StoredTransfer] {
        try read { (database) throws(SQLiteError) in
            try database.rows(
                "SELECT \(AccountCredential.columns) FROM accounts"
                    + " WHERE key > \(Self.position(in: "accounts")) ORDER BY key LIMIT ?",
                .blob(after?.octets ?? []), .integer(after == nil ? .min : .max),
                .integer(Int64(max(0, limit))), read: AccountCredential.init
            ).map { credential throws(SQLiteError) in
                let id = credential.account.id
                return StoredTransfer(
                    credential: credential, factors: try database.credentials(of: id),
                    apiKeys: try database.keyTransfers(of: id))
            }
        }
    }

    func inviteTransfers(after: UUID?, limit: Int) throws(AuthError) -> [InviteTransfer] {
        try read { (database) throws(SQLiteError) in
            try database.rows(
                "SELECT \(Invite.columns), code_hash FROM invites"
                    + " WHERE key > \(Self.position(in: "invites")) ORDER BY key LIMIT ?",
                .blob(after?.octets ?? []), .integer(after == nil ? .min : .max),
                .integer(Int64(max(0, limit)))
            ) { (row) throws(SQLiteError) in
                InviteTransfer(try Invite(row), codeHash: try row.digest(11))
            }
        }
    }

    /// The key of the row of an id; of an unknown one, the end of the table.
    private static func position(in table: String) -> String {
        "coalesce((SELECT key FROM \(table) WHERE id = ?), ?)"
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
