extension Migration {
    /// All tables, called as those of the SQLite store, with the same columns.
    ///
    /// Times are milliseconds since 1970, digests 32 octets. Where SQLite numbers rows, these are found by
    /// their ids; only where the order in which rows came matters they have a `key`, the time at which the
    /// server inserted them. Texts that are sorted are sorted by their octets.
    static let first = Migration(
        version: 1, oldestProgram: 1,
        statements: accounts + signIn + keysAndLinks + firstOutbox + firstRecord + operation)

    /// The column of what is listed in the order in which it came: the server's clock in microseconds.
    ///
    /// Two rows of one time are told apart by their ids. A sequence would be one row that every insertion of
    /// every daemon waits for.
    static let key =
        "key bigint NOT NULL DEFAULT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"

    /// Accounts, by what they are found, and the credentials of each.
    private static let accounts = [
        """
        CREATE TABLE accounts (
            id uuid PRIMARY KEY,
            \(key),
            email text NOT NULL UNIQUE,
            name text NOT NULL,
            folded_name text COLLATE "C" NOT NULL,
            tier text NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
            role text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'user')),
            status text NOT NULL CHECK (status IN ('active', 'pending', 'disabled')),
            created_at bigint NOT NULL,
            email_verified_at bigint,
            approved_at bigint,
            email_rejected_at bigint,
            language text CHECK (language IN ('en', 'de'))
        )
        """,
        "CREATE UNIQUE INDEX one_owner ON accounts (role) WHERE role = 'owner'",
        "CREATE INDEX accounts_by_key ON accounts (key, id)",
        "CREATE INDEX accounts_by_age ON accounts (created_at, id)",
        "CREATE INDEX accounts_by_name ON accounts (folded_name, id)",
        // An account is in one class; each class is in the order of the list.
        """
        CREATE INDEX accounts_by_class_and_age ON accounts (
            status, role, (email_verified_at IS NOT NULL), created_at, id
        )
        """,
        """
        CREATE INDEX accounts_by_class_and_name ON accounts (
            status, role, (email_verified_at IS NOT NULL), folded_name, id
        )
        """,
        """
        CREATE INDEX rejected_emails ON accounts (email_rejected_at)
            WHERE email_rejected_at IS NOT NULL
        """,
        // What `SearchTerms` makes of names and addresses.
        """
        CREATE TABLE account_terms (
            term text COLLATE "C" NOT NULL,
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            PRIMARY KEY (term, account_id)
        )
        """,
        "CREATE INDEX terms_by_account ON account_terms (account_id, term)",
        // The password of an account has the account's id: it is never named by another. `cost` is the
        // number of its iterations, or less than zero for a hash of another system.
        """
        CREATE TABLE credentials (
            id uuid PRIMARY KEY,
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            kind text NOT NULL CHECK (kind IN ('password', 'totp', 'recovery', 'passkey')),
            handle bytea UNIQUE CHECK (octet_length(handle) BETWEEN 1 AND 1023),
            name text,
            data bytea NOT NULL,
            cost bigint,
            created_at bigint NOT NULL,
            last_used_at bigint,
            CHECK ((handle IS NULL) = (kind <> 'passkey')),
            CHECK ((cost IS NULL) = (kind <> 'password'))
        )
        """,
        "CREATE INDEX account_credentials ON credentials (account_id, kind)",
        // One of each kind, passkeys excepted, which their handles tell apart.
        """
        CREATE UNIQUE INDEX single_credentials ON credentials (account_id, kind)
            WHERE kind <> 'passkey'
        """,
        "CREATE INDEX factors ON credentials (id) WHERE kind <> 'password'",
        "CREATE INDEX passwords_by_cost ON credentials (cost) WHERE kind = 'password'",
        // The key under which credentials are sealed, wrapped; one row or none.
        """
        CREATE TABLE data_key (
            key bigint PRIMARY KEY CHECK (key = 1),
            wrapped bytea NOT NULL
        )
        """,
    ]

    /// Sessions, and the steps that lead to one.
    private static let signIn = [
        """
        CREATE TABLE sessions (
            id uuid PRIMARY KEY,
            token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            ended_at bigint,
            methods text NOT NULL,
            authenticated_at bigint NOT NULL,
            factor_at bigint,
            address text,
            user_agent text,
            last_seen_at bigint
        )
        """,
        // The sessions of an account that were not ended, by age, without looking at the others.
        "CREATE INDEX account_sessions ON sessions (account_id, ended_at, created_at)",
        "CREATE INDEX session_ends ON sessions ((coalesce(ended_at, expires_at)))",
        // The last use of the sessions of an account, without looking at the others.
        """
        CREATE INDEX sessions_by_use ON sessions (
            account_id, (coalesce(last_seen_at, created_at))
        )
        """,
        // Without a reference to sessions: who acts on one looks whether its session is live.
        """
        CREATE TABLE challenges (
            hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
            \(key),
            purpose text NOT NULL,
            account_id uuid REFERENCES accounts (id) ON DELETE CASCADE,
            session_id uuid,
            browser bytea CHECK (octet_length(browser) = 32),
            data bytea NOT NULL,
            failures bigint NOT NULL CHECK (failures >= 0),
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL
        )
        """,
        """
        CREATE INDEX account_challenges ON challenges (
            account_id, purpose, created_at, key, hash
        )
        """,
        "CREATE INDEX challenge_ends ON challenges (expires_at)",
        """
        CREATE TABLE trusted_browsers (
            id uuid PRIMARY KEY,
            hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            last_used_at bigint,
            user_agent text,
            address text
        )
        """,
        "CREATE INDEX account_trusted_browsers ON trusted_browsers (account_id, created_at, id)",
        "CREATE INDEX trusted_browser_ends ON trusted_browsers (expires_at)",
        // Under MACs: no address is stored here. By the clock of the server, and so of no daemon.
        """
        CREATE TABLE failed_logins (
            subject text NOT NULL CHECK (subject IN ('account', 'known')),
            key bytea NOT NULL CHECK (octet_length(key) = 32),
            ends_at bigint NOT NULL,
            updated_at bigint NOT NULL,
            cleared_at bigint,
            PRIMARY KEY (subject, key)
        )
        """,
        "CREATE INDEX failed_login_ends ON failed_logins (ends_at)",
        "CREATE INDEX failed_login_changes ON failed_logins (updated_at, subject, key)",
        // Whose failed logins are to be forgotten by the processes that count them.
        """
        CREATE TABLE unlocks (
            id uuid PRIMARY KEY,
            \(key),
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
        )
        """,
        "CREATE INDEX account_unlocks ON unlocks (account_id)",
    ]

    /// Invitations, API keys and the tokens of links.
    private static let keysAndLinks = [
        """
        CREATE TABLE invites (
            id uuid PRIMARY KEY,
            code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
            email text,
            role text NOT NULL CHECK (role IN ('admin', 'member', 'user')),
            tier text NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
            max_uses bigint NOT NULL CHECK (max_uses > 0),
            uses bigint NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
            paused boolean NOT NULL DEFAULT false,
            created_by uuid REFERENCES accounts (id) ON DELETE SET NULL,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            key_id uuid
        )
        """,
        "CREATE INDEX invites_by_age ON invites (created_at, id)",
        "CREATE INDEX invites_by_maker ON invites (created_by, created_at, id)",
        // Without a reference: keys are purged.
        "CREATE INDEX invites_by_key ON invites (key_id) WHERE key_id IS NOT NULL",
        "CREATE INDEX open_invites ON invites (expires_at) WHERE uses < max_uses",
        "CREATE INDEX invite_ends ON invites (expires_at)",
        """
        CREATE TABLE api_keys (
            id uuid PRIMARY KEY,
            key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            name text NOT NULL,
            prefix text NOT NULL,
            scopes bigint NOT NULL CHECK (scopes BETWEEN 1 AND 7),
            created_at bigint NOT NULL,
            expires_at bigint,
            last_used_at bigint,
            revoked_at bigint
        )
        """,
        "CREATE INDEX account_api_keys ON api_keys (account_id, revoked_at, created_at, id)",
        "CREATE INDEX api_keys_by_age ON api_keys (created_at, id)",
        "CREATE INDEX api_key_ends ON api_keys ((coalesce(revoked_at, expires_at)))",
        """
        CREATE TABLE link_tokens (
            hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
            purpose text NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'decide')),
            account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            email text,
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            UNIQUE (account_id, purpose)
        )
        """,
        "CREATE INDEX link_token_ends ON link_tokens (expires_at)",
        // Without a reference to accounts: that one was declined is told when it is gone.
        """
        CREATE TABLE settled_links (
            hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
            purpose text NOT NULL,
            outcome text NOT NULL,
            settled_at bigint NOT NULL,
            expires_at bigint NOT NULL
        )
        """,
        "CREATE INDEX settled_link_ends ON settled_links (expires_at)",
    ]

    /// Settings, and what daemons and commands leave for each other.
    private static let operation = [
        "CREATE TABLE settings (name text PRIMARY KEY, value boolean NOT NULL)",
        "CREATE TABLE text_settings (name text PRIMARY KEY, value text NOT NULL)",
        "CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL)",
        // Which transaction of a connection was committed last (`CommitMarker`). Each updates its row: an
        // index on the time would grow with all of them.
        """
        CREATE TABLE commit_markers (
            connection_id uuid PRIMARY KEY,
            sequence bigint NOT NULL,
            updated_at bigint NOT NULL
        )
        """,
        // The secret keys that daemons share, each sealed under the one that the operator gives them.
        """
        CREATE TABLE secret_keys (
            number bigint PRIMARY KEY CHECK (number > 0),
            sealed bytea NOT NULL,
            signs_at bigint NOT NULL
        )
        """,
        // What each transaction made stale in the memory of the daemons (`StaleMemory`), for some minutes:
        // in an order of its own for each connection, so that none waits for another.
        """
        CREATE TABLE changes (
            connection_id uuid NOT NULL,
            sequence bigint NOT NULL,
            \(key),
            content bytea NOT NULL,
            PRIMARY KEY (connection_id, sequence)
        )
        """,
        "CREATE INDEX changes_by_key ON changes (key)",
        // Lines for the log that commands leave beside a running server, which removes them.
        "CREATE TABLE notes (id uuid PRIMARY KEY, \(key), text text NOT NULL)",
        "CREATE INDEX notes_by_key ON notes (key, id)",
    ]
}
