extension Migration {
    /// Accounts, sessions, settings and invitations.
    ///
    /// Times are milliseconds since 1970, identifiers 16 octets, digests 32. An integer primary key
    /// stands in every table that is paged or purged, because VACUUM may renumber rows without one.
    static let first = Migration(
        version: 1,
        statements: [
            "PRAGMA application_id = \(Schema.applicationID)",
            """
            CREATE TABLE accounts (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                email TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                tier TEXT NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
                role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'user')),
                status TEXT NOT NULL CHECK (status IN ('active', 'pending', 'disabled')),
                password_hash TEXT NOT NULL,
                created_at INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE UNIQUE INDEX one_owner ON accounts (role) WHERE role = 'owner'",
            """
            CREATE TABLE sessions (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                ended_at INTEGER
            ) STRICT
            """,
            // The sessions of an account that were not ended, by age, without looking at the others.
            "CREATE INDEX account_sessions ON sessions (account_id, ended_at, created_at)",
            "CREATE INDEX session_ends ON sessions (coalesce(ended_at, expires_at))",
            """
            CREATE TABLE settings (
                name TEXT NOT NULL PRIMARY KEY,
                value INTEGER NOT NULL CHECK (value IN (0, 1))
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE invites (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
                email TEXT,
                role TEXT NOT NULL CHECK (role IN ('admin', 'member', 'user')),
                tier TEXT NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
                max_uses INTEGER NOT NULL CHECK (max_uses > 0),
                uses INTEGER NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
                paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
                created_by BLOB REFERENCES accounts (id) ON DELETE SET NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE meta (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        ])
}
