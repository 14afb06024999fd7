extension Migration {
    /// How and when a session was authenticated, and whether an account was ever approved.
    static let fourth = Migration(
        version: 4,
        statements: [
            // Names of methods, separated by spaces. Every session before this was begun with a password.
            "ALTER TABLE sessions ADD COLUMN methods TEXT NOT NULL DEFAULT 'pwd'",
            // NULL stands for the time at which the session was created.
            "ALTER TABLE sessions ADD COLUMN authenticated_at INTEGER",
            "ALTER TABLE accounts ADD COLUMN approved_at INTEGER",
            // Which of the team's accounts were approved, nobody wrote down: all that may be used count.
            """
            UPDATE accounts SET approved_at = created_at WHERE role <> 'user' AND status <> 'pending'
            """,
        ])
}
