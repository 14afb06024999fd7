extension Migration {
    /// Confirmed addresses, what sessions are recognised by, API keys, the tokens of links and the
    /// outbox.
    static let second = Migration(
        version: 2,
        statements: [
            "ALTER TABLE accounts ADD COLUMN email_verified_at INTEGER",
            "CREATE INDEX accounts_by_age ON accounts (created_at, id)",
            "CREATE INDEX accounts_by_status ON accounts (status)",
            "ALTER TABLE sessions ADD COLUMN address TEXT",
            "ALTER TABLE sessions ADD COLUMN user_agent TEXT",
            "ALTER TABLE sessions ADD COLUMN last_seen_at INTEGER",
            "CREATE INDEX invites_by_age ON invites (created_at, id)",
            "CREATE INDEX invites_by_maker ON invites (created_by)",
            """
            CREATE TABLE api_keys (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                prefix TEXT NOT NULL,
                scopes INTEGER NOT NULL CHECK (scopes BETWEEN 1 AND 3),
                created_at INTEGER NOT NULL,
                expires_at INTEGER,
                last_used_at INTEGER,
                revoked_at INTEGER
            ) STRICT
            """,
            "CREATE INDEX account_api_keys ON api_keys (account_id, revoked_at, created_at, id)",
            """
            CREATE TABLE link_tokens (
                key INTEGER PRIMARY KEY,
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                purpose TEXT NOT NULL
                    CHECK (purpose IN ('verify_email', 'reset_password', 'decide')),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                email TEXT,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                UNIQUE (account_id, purpose)
            ) STRICT
            """,
            "CREATE INDEX link_token_ends ON link_tokens (expires_at)",
            // Without a reference to accounts: a mail may say that the account was deleted.
            """
            CREATE TABLE mails (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                kind TEXT NOT NULL,
                recipient TEXT NOT NULL,
                account_id BLOB CHECK (length(account_id) = 16),
                content BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0,
                next_attempt_at INTEGER,
                last_error TEXT
            ) STRICT
            """,
            "CREATE INDEX due_mails ON mails (next_attempt_at, key) WHERE next_attempt_at IS NOT NULL",
            "CREATE INDEX account_mails ON mails (account_id) WHERE account_id IS NOT NULL",
            "CREATE INDEX mails_by_age ON mails (created_at, id)",
        ])
}
