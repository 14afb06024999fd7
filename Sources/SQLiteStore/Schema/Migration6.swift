extension Migration {
    /// Credentials, of which a password is one; the steps of a sign-in, and the browsers that skip one.
    static let sixth = Migration(
        version: 6,
        statements: [
            // The password of an account has the account's id: it is never named by another.
            """
            CREATE TABLE credentials (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL CHECK (length(id) = 16),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('password', 'totp', 'recovery', 'passkey')),
                handle BLOB CHECK (length(handle) BETWEEN 1 AND 1023),
                name TEXT,
                data BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                last_used_at INTEGER,
                CHECK ((handle IS NULL) = (kind <> 'passkey'))
            ) STRICT
            """,
            """
            INSERT INTO credentials (id, account_id, kind, data, created_at)
            SELECT id, id, 'password', CAST(password_hash AS BLOB), created_at
            FROM accounts ORDER BY key
            """,
            "DROP INDEX accounts_by_cost",
            "ALTER TABLE accounts DROP COLUMN password_hash",
            // Only now: an index that grows with its table is written again and again. One of each kind,
            // passkeys excepted, which their handles tell apart.
            """
            CREATE UNIQUE INDEX account_credentials ON credentials (
                account_id, kind, coalesce(handle, X'')
            )
            """,
            "CREATE UNIQUE INDEX passkey_handles ON credentials (handle) WHERE handle IS NOT NULL",
            "CREATE UNIQUE INDEX factor_ids ON credentials (id) WHERE kind <> 'password'",
            // The iterations that a PHC text asks for: `i=` and a number.
            """
            CREATE INDEX passwords_by_cost ON credentials (
                CAST(substr(data, instr(data, X'693D') + 2) AS INTEGER)
            ) WHERE kind = 'password'
            """,
            // The key under which credentials are sealed, wrapped; one row or none.
            """
            CREATE TABLE data_key (
                key INTEGER PRIMARY KEY CHECK (key = 1),
                wrapped BLOB NOT NULL
            ) STRICT
            """,
            // Without a reference to sessions: who acts on one looks whether its session is live.
            """
            CREATE TABLE challenges (
                key INTEGER PRIMARY KEY,
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                purpose TEXT NOT NULL,
                account_id BLOB REFERENCES accounts (id) ON DELETE CASCADE,
                session_id BLOB CHECK (length(session_id) = 16),
                browser BLOB CHECK (length(browser) = 32),
                data BLOB NOT NULL,
                failures INTEGER NOT NULL CHECK (failures >= 0),
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX account_challenges ON challenges (account_id, purpose, created_at)",
            "CREATE INDEX challenge_ends ON challenges (expires_at)",
            """
            CREATE TABLE trusted_browsers (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                last_used_at INTEGER,
                user_agent TEXT,
                address TEXT
            ) STRICT
            """,
            "CREATE INDEX account_trusted_browsers ON trusted_browsers (account_id, created_at, id)",
            "CREATE INDEX trusted_browser_ends ON trusted_browsers (expires_at)",
            "ALTER TABLE sessions ADD COLUMN factor_at INTEGER",
        ])
}
