extension Migration {
    /// How and when a session was authenticated, whether an account was ever approved, the words by which
    /// accounts are found, and what came of links.
    static let fourth = Migration(
        version: 4,
        statements: [
            // Names of methods, separated by spaces. Every session before this was begun with a password.
            "ALTER TABLE sessions ADD COLUMN methods TEXT NOT NULL DEFAULT 'pwd'",
            // NULL stands for the time at which the session was created.
            "ALTER TABLE sessions ADD COLUMN authenticated_at INTEGER",
            "ALTER TABLE accounts ADD COLUMN approved_at INTEGER",
            // Which of the team's accounts were approved was not recorded: all that may be used count.
            """
            UPDATE accounts SET approved_at = created_at WHERE role <> 'user' AND status <> 'pending'
            """,
            // Whose failed logins are to be forgotten by the process that counts them. Never the same
            // key twice: a row that comes while another is carried out is not removed with it.
            """
            CREATE TABLE unlocks (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
            ) STRICT
            """,
            "CREATE INDEX account_unlocks ON unlocks (account_id)",
            // What `SearchTerms` makes of names and addresses, folded: compared by their bytes.
            """
            CREATE TABLE account_terms (
                term TEXT NOT NULL,
                account_key INTEGER NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
                PRIMARY KEY (term, account_key)
            ) STRICT, WITHOUT ROWID
            """,
            // When the reader of its address said that the account is not theirs.
            "ALTER TABLE accounts ADD COLUMN email_rejected_at INTEGER",
            """
            CREATE INDEX rejected_emails ON accounts (email_rejected_at)
                WHERE email_rejected_at IS NOT NULL
            """,
            // Without a reference to accounts: that one was declined is told when it is gone.
            """
            CREATE TABLE settled_links (
                hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
                purpose TEXT NOT NULL,
                outcome TEXT NOT NULL,
                settled_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX settled_link_ends ON settled_links (expires_at)",
            // The API key that an invitation was made with, and ends with. Without a reference: keys are
            // purged.
            "ALTER TABLE invites ADD COLUMN key_id BLOB CHECK (length(key_id) = 16)",
            "CREATE INDEX invites_by_key ON invites (key_id) WHERE key_id IS NOT NULL",
            // Made again for a third scope: SQLite changes no CHECK.
            """
            CREATE TABLE scoped_api_keys (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
                key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
                account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                prefix TEXT NOT NULL,
                scopes INTEGER NOT NULL CHECK (scopes BETWEEN 1 AND 7),
                created_at INTEGER NOT NULL,
                expires_at INTEGER,
                last_used_at INTEGER,
                revoked_at INTEGER
            ) STRICT
            """,
            """
            INSERT INTO scoped_api_keys (
                key, id, key_hash, account_id, name, prefix, scopes, created_at, expires_at,
                last_used_at, revoked_at)
            SELECT key, id, key_hash, account_id, name, prefix, scopes, created_at, expires_at,
                last_used_at, revoked_at
            FROM api_keys
            """,
            "DROP TABLE api_keys",
            "ALTER TABLE scoped_api_keys RENAME TO api_keys",
            "CREATE INDEX account_api_keys ON api_keys (account_id, revoked_at, created_at, id)",
            // Lines for the log that commands leave beside a running server, which removes them.
            "CREATE TABLE notes (key INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
            // When mails to a recipient were counted, for a day: under MACs, without addresses.
            """
            CREATE TABLE recipient_mails (
                key INTEGER PRIMARY KEY,
                recipient BLOB NOT NULL CHECK (length(recipient) = 32),
                share TEXT NOT NULL CHECK (share IN ('links', 'notices')),
                created_at INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX mails_of_recipient ON recipient_mails (recipient, share, created_at)",
            "CREATE INDEX recipient_mail_ends ON recipient_mails (created_at)",
        ],
        completion: AccountTerms.build)
}
