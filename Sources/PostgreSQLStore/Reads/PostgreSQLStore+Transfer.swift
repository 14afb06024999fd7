import Auth
import Crypto

extension PostgreSQLStore {
    func accountTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [StoredTransfer] {
        let (condition, values) = Self.page(after: after, limit: limit)
        return try read { (database) throws(PostgreSQLError) in
            try database.rows(
                "SELECT \(AccountCredential.columns) FROM accounts \(condition)", with: values,
                read: AccountCredential.init
            ).map { credential throws(PostgreSQLError) in
                let id = credential.account.id
                return StoredTransfer(
                    credential: credential, factors: try database.credentials(of: id),
                    apiKeys: try database.keyTransfers(of: id))
            }
        }
    }

    func inviteTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [InviteTransfer] {
        let (condition, values) = Self.page(after: after, limit: limit)
        return try read { (database) throws(PostgreSQLError) in
            try database.rows(
                "SELECT \(Invite.columns), code_hash FROM invites \(condition)", with: values
            ) { (row) throws(PostgreSQLError) in
                InviteTransfer(try Invite(row), codeHash: try row.digest(11))
            }
        }
    }

    /// The conditions of a page, oldest first, and their parameters.
    private static func page(after: Cursor?, limit: Int) -> (String, [SQLValue]) {
        let order = "ORDER BY created_at, id LIMIT"
        guard let after else { return ("\(order) $1", [.limit(limit)]) }
        return (
            "WHERE (created_at, id) > ($1, $2) \(order) $3",
            [after.key.value, .id(after.id), .limit(limit)]
        )
    }
}

extension Connection {
    /// The API keys of an account that were not revoked, oldest first.
    ///
    /// - Throws: Any fault.
    fileprivate func keyTransfers(of accountID: UUID) throws(PostgreSQLError) -> [APIKeyTransfer] {
        try rows(
            "SELECT \(APIKeyDetails.columns), key_hash FROM api_keys"
                + " WHERE account_id = $1 AND revoked_at IS NULL ORDER BY created_at, id",
            .id(accountID)
        ) { (row) throws(PostgreSQLError) in
            APIKeyTransfer(try APIKeyDetails(row), hash: try row.digest(8))
        }
    }
}
