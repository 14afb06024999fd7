extension Migration {
    /// Events that are indexed by the linker, a batch at a time, and not by the transactions that they report.
    ///
    /// An index is a page of its own to find, change, and write to the log. See `UnlistedEvents`.
    static let eighth = Migration(
        version: 8,
        statements: [
            "DROP INDEX event_ids",
            "DROP INDEX event_numbers",
            "DROP INDEX unlinked_events",
            "DROP INDEX event_times",
            "DROP INDEX event_subjects",
            "DROP INDEX event_actors",
            "DROP INDEX event_kinds",
            "ALTER TABLE events RENAME TO former_events",
            // The actors are compared one by one: for a list of more than two, each insertion would build a
            // table in memory, which costs as much as the row.
            """
            CREATE TABLE events (
                key INTEGER PRIMARY KEY,
                id BLOB NOT NULL CHECK (length(id) = 16),
                time INTEGER NOT NULL,
                kind TEXT NOT NULL,
                actor TEXT NOT NULL CHECK (
                    actor = 'account' OR actor = 'key' OR actor = 'link'
                    OR actor = 'command' OR actor = 'server' OR actor = 'client'
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
                listed INTEGER NOT NULL DEFAULT 1 CHECK (listed = 1 OR listed = 0 AND number IS NULL),
                CHECK ((number IS NULL) = (link IS NULL))
            ) STRICT
            """,
            """
            INSERT INTO events
            SELECT key, id, time, kind, actor, actor_account, actor_key, actor_user, subject, object,
                client, client_commitment, details, details_commitment, mac, number, link, 1
            FROM former_events ORDER BY key
            """,
            "DROP TABLE former_events",
            "CREATE UNIQUE INDEX event_ids ON events (id)",
            "CREATE UNIQUE INDEX event_numbers ON events (number) WHERE number IS NOT NULL",
            // By time and then key: both are what a list is ordered by.
            "CREATE INDEX event_times ON events (time) WHERE listed = 1",
            """
            CREATE INDEX event_subjects ON events (subject, time)
                WHERE listed = 1 AND subject IS NOT NULL
            """,
            """
            CREATE INDEX event_actors ON events (actor_account, time)
                WHERE listed = 1 AND actor_account IS NOT NULL AND actor_account IS NOT subject
            """,
            "CREATE INDEX event_kinds ON events (kind, time) WHERE listed = 1",
        ])
}
