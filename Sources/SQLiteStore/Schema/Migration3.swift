extension Migration {
    /// Failed logins that outlive the process, and what the costliest password hash costs.
    static let third = Migration(
        version: 3,
        statements: [
            // Under MACs: no address is stored here.
            """
            CREATE TABLE failed_logins (
                subject TEXT NOT NULL CHECK (subject IN ('account', 'known')),
                key BLOB NOT NULL CHECK (length(key) = 32),
                ends_at INTEGER NOT NULL,
                PRIMARY KEY (subject, key)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX failed_login_ends ON failed_logins (ends_at)",
            """
            CREATE INDEX accounts_by_cost ON accounts (
                CAST(substr(password_hash, instr(password_hash, 'i=') + 2) AS INTEGER)
            )
            """,
        ])
}
