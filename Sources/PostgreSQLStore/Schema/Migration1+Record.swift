extension Migration {
    /// Mails, and what is counted against recipients.
    static let firstOutbox = [
        // Without a reference to accounts: a mail may say that the account was deleted.
        """
        CREATE TABLE mails (
            id uuid PRIMARY KEY,
            \(key),
            kind text NOT NULL,
            recipient text NOT NULL,
            account_id uuid,
            content bytea NOT NULL,
            created_at bigint NOT NULL,
            attempts bigint NOT NULL DEFAULT 0,
            next_attempt_at bigint,
            last_error text,
            claimed_by uuid,
            claim_ends_at bigint,
            CHECK ((claimed_by IS NULL) = (claim_ends_at IS NULL))
        )
        """,
        // Which daemon sends a mail (`MailClaims`).
        "CREATE INDEX claimed_mails ON mails (claimed_by) WHERE claimed_by IS NOT NULL",
        """
        CREATE INDEX due_mails ON mails (next_attempt_at, key, id)
            WHERE next_attempt_at IS NOT NULL
        """,
        "CREATE INDEX account_mails ON mails (account_id) WHERE account_id IS NOT NULL",
        "CREATE INDEX mails_by_age ON mails (created_at, id)",
        "CREATE INDEX dead_mails ON mails (created_at, id) WHERE next_attempt_at IS NULL",
        // When mails to a recipient were counted, for a day: under MACs, without addresses.
        """
        CREATE TABLE recipient_mails (
            id uuid PRIMARY KEY,
            recipient bytea NOT NULL CHECK (octet_length(recipient) = 32),
            share text NOT NULL CHECK (share IN ('links', 'notices')),
            created_at bigint NOT NULL
        )
        """,
        "CREATE INDEX mails_of_recipient ON recipient_mails (recipient, share, created_at)",
        "CREATE INDEX recipient_mail_ends ON recipient_mails (created_at)",
    ]

    /// Events, the chain that links them, its keys and checkpoints.
    static let firstRecord = [
        // Without references to accounts: events outlive what they are about.
        """
        CREATE TABLE events (
            id uuid PRIMARY KEY,
            \(key),
            time bigint NOT NULL,
            kind text NOT NULL,
            actor text NOT NULL CHECK (
                actor IN ('account', 'key', 'link', 'command', 'server', 'client')
            ),
            actor_account uuid,
            actor_key uuid,
            actor_user text,
            subject uuid,
            object uuid,
            client bytea,
            client_commitment bytea NOT NULL CHECK (octet_length(client_commitment) = 32),
            details bytea,
            details_commitment bytea NOT NULL CHECK (octet_length(details_commitment) = 32),
            mac bytea NOT NULL CHECK (octet_length(mac) = 36),
            number bigint,
            link bytea CHECK (octet_length(link) = 32),
            CHECK ((number IS NULL) = (link IS NULL))
        )
        """,
        "CREATE UNIQUE INDEX event_numbers ON events (number) WHERE number IS NOT NULL",
        "CREATE INDEX unlinked_events ON events (key, id) WHERE number IS NULL",
        "CREATE INDEX event_times ON events (time, key, id)",
        """
        CREATE INDEX event_subjects ON events (subject, time, key, id)
            WHERE subject IS NOT NULL
        """,
        """
        CREATE INDEX event_actors ON events (actor_account, time, key, id)
            WHERE actor_account IS NOT NULL AND actor_account IS DISTINCT FROM subject
        """,
        "CREATE INDEX event_kinds ON events (kind, time, key, id)",
        """
        CREATE TABLE audit_chain (
            key bigint PRIMARY KEY CHECK (key = 1),
            origin uuid NOT NULL,
            number bigint NOT NULL,
            link bytea NOT NULL CHECK (octet_length(link) = 32),
            time bigint NOT NULL,
            checkpoint bytea CHECK (octet_length(checkpoint) = 32),
            mac bytea NOT NULL CHECK (octet_length(mac) = 36)
        )
        """,
        """
        CREATE TABLE audit_linker (
            key bigint PRIMARY KEY CHECK (key = 1),
            holder uuid NOT NULL,
            until bigint NOT NULL
        )
        """,
        """
        CREATE TABLE audit_keys (
            key bigint PRIMARY KEY CHECK (key = 1),
            mac bytea NOT NULL,
            signing bytea NOT NULL
        )
        """,
        """
        CREATE TABLE audit_checkpoints (
            id uuid PRIMARY KEY,
            \(key),
            number bigint NOT NULL,
            text text NOT NULL,
            public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
            signature bytea NOT NULL CHECK (octet_length(signature) = 64)
        )
        """,
        "CREATE INDEX audit_checkpoint_numbers ON audit_checkpoints (number, key, id)",
    ]
}
