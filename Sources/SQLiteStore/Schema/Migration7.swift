extension Migration {
    /// The record of what happened: events, the chain that links them, its keys and checkpoints.
    ///
    /// What an event takes on the disk is measured in `docs/audit.md`.
    static let seventh = Migration(
        version: 7,
        statements: [
            // Without references to accounts: events outlive what they are about.
            """
            CREATE TABLE events (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL CHECK (length(id) = 16),
                time INTEGER NOT NULL,
                kind TEXT NOT NULL,
                actor TEXT NOT NULL CHECK (
                    actor IN ('account', 'key', 'link', 'command', 'server', 'client')
                ),
                actor_account BLOB CHECK (length(actor_account) = 16),
                actor_key BLOB CHECK (length(actor_key) = 16),
                actor_user TEXT,
                subject BLOB CHECK (length(subject) = 16),
                object BLOB CHECK (length(object) = 16),
                client BLOB,
                client_commitment BLOB NOT NULL CHECK (length(client_commitment) = 32),
                details BLOB,
                details_commitment BLOB NOT NULL CHECK (length(details_commitment) = 32),
                mac BLOB NOT NULL CHECK (length(mac) = 36),
                number INTEGER,
                link BLOB CHECK (length(link) = 32),
                CHECK ((number IS NULL) = (link IS NULL))
            ) STRICT
            """,
            "CREATE UNIQUE INDEX event_ids ON events (id)",
            "CREATE UNIQUE INDEX event_numbers ON events (number) WHERE number IS NOT NULL",
            "CREATE INDEX unlinked_events ON events (key) WHERE number IS NULL",
            // By time and then key: both are what a list is ordered by.
            "CREATE INDEX event_times ON events (time)",
            "CREATE INDEX event_subjects ON events (subject, time) WHERE subject IS NOT NULL",
            """
            CREATE INDEX event_actors ON events (actor_account, time)
                WHERE actor_account IS NOT NULL AND actor_account IS NOT subject
            """,
            "CREATE INDEX event_kinds ON events (kind, time)",
            """
            CREATE TABLE audit_chain (
                key INTEGER PRIMARY KEY CHECK (key = 1),
                origin BLOB NOT NULL CHECK (length(origin) = 16),
                number INTEGER NOT NULL,
                link BLOB NOT NULL CHECK (length(link) = 32),
                time INTEGER NOT NULL,
                checkpoint BLOB CHECK (length(checkpoint) = 32),
                mac BLOB NOT NULL CHECK (length(mac) = 36)
            ) STRICT
            """,
            """
            CREATE TABLE audit_linker (
                key INTEGER PRIMARY KEY CHECK (key = 1),
                holder BLOB NOT NULL CHECK (length(holder) = 16),
                until INTEGER NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE audit_keys (
                key INTEGER PRIMARY KEY CHECK (key = 1),
                mac BLOB NOT NULL,
                signing BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE audit_checkpoints (
                key INTEGER PRIMARY KEY,
                number INTEGER NOT NULL,
                text TEXT NOT NULL,
                public_key BLOB NOT NULL CHECK (length(public_key) = 32),
                signature BLOB NOT NULL CHECK (length(signature) = 64)
            ) STRICT
            """,
            "CREATE INDEX audit_checkpoint_numbers ON audit_checkpoints (number, key)",
        ])
}
