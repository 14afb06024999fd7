public import Auth
public import StoreSupport

/// The secret keys that daemons share, as rows.
enum SecretKeyRows {
    /// All of them, by their numbers.
    ///
    /// - Throws: Any fault.
    static func all(in database: Connection) throws(PostgreSQLError) -> [SealedSecretKey] {
        try database.rows("SELECT number, sealed, signs_at FROM secret_keys ORDER BY number") {
            (row) throws(PostgreSQLError) in
            SealedSecretKey(
                number: try row.integer(0), sealed: try row.bytes(1), signsAt: try row.time(2))
        }
    }
}

extension PostgreSQLStorage: SecretKeyTable {
    /// Itself.
    public var secretKeyTable: (any SecretKeyTable)? { self }

    /// All secret keys that daemons share, by their numbers.
    ///
    /// - Throws: `unavailable`, `overloaded`.
    public func secretKeys() throws(AuthError) -> [SealedSecretKey] {
        try store().read { (database) throws(PostgreSQLError) in
            try SecretKeyRows.all(in: database)
        }
    }

    /// Adds a secret key that daemons share.
    ///
    /// - Returns: False where there is one of its number, which stays.
    /// - Throws: As `secretKeys`.
    public func add(_ key: SealedSecretKey) throws(AuthError) -> Bool {
        try change { (transaction) throws(AuthError) in
            let added = try transaction.run(
                transaction.database.execute(
                    """
                    INSERT INTO secret_keys (number, sealed, signs_at) VALUES ($1, $2, $3)
                    ON CONFLICT (number) DO NOTHING
                    """, .integer(key.number), .bytes(key.sealed), .time(key.signsAt)))
            return added == 1
        }
    }

    /// Replaces what is sealed of the secret keys of these numbers.
    ///
    /// - Throws: As `secretKeys`.
    public func reseal(_ keys: [SealedSecretKey]) throws(AuthError) {
        try change { (transaction) throws(AuthError) in
            for key in keys {
                try transaction.run(
                    transaction.database.execute(
                        "UPDATE secret_keys SET sealed = $2 WHERE number = $1",
                        .integer(key.number), .bytes(key.sealed)))
            }
        }
    }

    /// Removes the secret keys of these numbers.
    ///
    /// - Throws: As `secretKeys`.
    public func removeSecretKeys(_ numbers: [Int64]) throws(AuthError) {
        try change { (transaction) throws(AuthError) in
            _ = try transaction.run(
                transaction.database.execute(
                    "DELETE FROM secret_keys WHERE number = ANY($1)", .integers(numbers)))
        }
    }

    private func store() -> PostgreSQLStore { PostgreSQLStore(instance, mayWait: true) }

    private func change<Value: Sendable>(
        _ work: @Sendable (PostgreSQLTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try store().write(within: instance.configuration.writeSeconds) {
            (transaction) throws(AuthError) in
            transaction.changes.replacesSecretKeys = true
            return try work(transaction)
        }
    }
}
