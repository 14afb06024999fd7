extension Migration {
    /// The language of accounts, their order by name, settings that are texts, and indexes for the lists
    /// and counts of administrators.
    static let fifth = Migration(
        version: 5,
        statements: [
            "ALTER TABLE accounts ADD COLUMN language TEXT CHECK (language IN ('en', 'de'))",
            // `Account.foldedName`: SQLite itself folds ASCII only.
            "ALTER TABLE accounts ADD COLUMN folded_name TEXT NOT NULL DEFAULT ''",
            """
            CREATE TABLE text_settings (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            // An account is in one class; each class is in the order of the list.
            """
            CREATE INDEX accounts_by_class_and_age ON accounts (
                status, role, email_verified_at IS NOT NULL, created_at, id
            )
            """,
            "DROP INDEX accounts_by_status",
            // The last use of the sessions of an account, without looking at the others.
            """
            CREATE INDEX sessions_by_use ON sessions (
                account_id, coalesce(last_seen_at, created_at)
            )
            """,
            // In the order of lists.
            "DROP INDEX invites_by_maker",
            "CREATE INDEX invites_by_maker ON invites (created_by, created_at, id)",
            "CREATE INDEX open_invites ON invites (expires_at) WHERE uses < max_uses",
            "CREATE INDEX dead_mails ON mails (created_at, id) WHERE next_attempt_at IS NULL",
        ],
        completion: AccountNames.build)
}
