import Auth
import Crypto

/// One unit of work on the writer's connection, inside its savepoint.
///
/// Confined to the writer.
final class SQLiteTransaction: Transaction {
    /// The writer's connection.
    let database: Database
    /// The one time that everything in this transaction happens at.
    private let now: Timestamp

    /// What it changed so far.
    private(set) var changes = Changes()
    /// The first fault of SQLite it met: such a transaction is never committed, even when the work
    /// goes on.
    private(set) var fault: SQLiteError?

    /// A unit of work at `now`.
    init(on database: Database, now: Timestamp) {
        self.database = database
        self.now = now
    }

    func hasOwner() throws(AuthError) -> Bool {
        try run(database.hasOwner())
    }

    func credential(_ id: UUID) throws(AuthError) -> Credential? {
        try run(
            database.first(
                "SELECT \(Credential.columns) FROM accounts WHERE id = ?", .id(id),
                read: Credential.init))
    }

    /// Whether an account has this email.
    func hasAccount(_ email: Email) throws(AuthError) -> Bool {
        try run(
            database.integer(
                "SELECT EXISTS (SELECT 1 FROM accounts WHERE email = ?)", .text(email.address)))
            != 0
    }

    func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError) {
        do {
            try database.execute(
                "INSERT INTO accounts (\(Credential.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                .id(account.id), .text(account.email.address), .text(account.name),
                .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .time(account.createdAt), .text(passwordHash.phc))
        } catch {
            guard error.isUniqueViolation else { throw note(error) }
            if try hasAccount(account.email) { throw .emailTaken }
            if account.role == .owner, try hasOwner() { throw .alreadySetUp }
            throw note(error)
        }
        if account.role == .owner { changes.hasOwner = true }
    }

    func update(_ account: Account) throws(AuthError) {
        do {
            try database.execute(
                "UPDATE accounts SET name = ?, tier = ?, role = ?, status = ? WHERE id = ?",
                .text(account.name), .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .id(account.id))
        } catch {
            // Nothing else that is unique changes here.
            throw error.isUniqueViolation ? .alreadySetUp : note(error)
        }
        changes.accounts.append(account.id)
        changes.hasOwner = try hasOwner()
        if account.status == .disabled { try endSessions(of: account.id) }
    }

    func rehash(_ id: UUID, from old: PasswordHash, to new: PasswordHash) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?",
                .text(new.phc), .id(id), .text(old.phc)))
    }

    func setPassword(_ id: UUID, to hash: PasswordHash) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET password_hash = ? WHERE id = ?", .text(hash.phc), .id(id)))
        try endSessions(of: id)
    }

    func insert(_ session: Session) throws(AuthError) {
        try end(
            database.rows(
                """
                UPDATE sessions SET ended_at = ? WHERE key IN (
                    SELECT key FROM sessions
                    WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?
                    ORDER BY created_at DESC, key DESC LIMIT -1 OFFSET ?
                ) RETURNING id, token_hash
                """, .time(session.createdAt), .id(session.accountID), .time(session.createdAt),
                .integer(Int64(Session.maximumPerAccount - 1)), read: Self.keys))
        try run(
            database.execute(
                "INSERT INTO sessions (\(Session.columns)) VALUES (?, ?, ?, ?, ?)",
                .id(session.id), .digest(session.tokenHash), .id(session.accountID),
                .time(session.createdAt), .time(session.expiresAt)))
    }

    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError) {
        try end(
            database.rows(
                "UPDATE sessions SET ended_at = ? WHERE \(key.column) = ?"
                    + " AND ended_at IS NULL AND expires_at > ? RETURNING id, token_hash",
                .time(time), key.value, .time(time), read: Self.keys))
    }

    func save(_ settings: Settings) throws(AuthError) {
        try run(settings.save(in: database))
        changes.settings = settings
    }

    /// Writes a row that nobody reads: the database grows by one of them at most.
    func probe() throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)",
                .text(now.rfc3339)))
    }

    func settings() throws(AuthError) -> Settings {
        try run(Settings(in: database))
    }

    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite {
        let redeemed = try run(
            database.rows(
                "UPDATE invites SET uses = uses + 1 WHERE \(Invite.isRedeemable)"
                    + " AND (email IS NULL OR email = ?) RETURNING role, tier",
                .digest(codeHash), .time(time), .text(email.address),
                read: Invite.init))
        guard let invite = redeemed.first else { throw .invalidInvite }
        return invite
    }

    private func endSessions(of account: UUID) throws(AuthError) {
        try end(
            database.rows(
                "UPDATE sessions SET ended_at = ? WHERE account_id = ?"
                    + " AND ended_at IS NULL AND expires_at > ? RETURNING id, token_hash",
                .time(now), .id(account), .time(now), read: Self.keys))
    }

    /// Runs a statement that ends sessions and returns the keys of each.
    private func end(
        _ statement: @autoclosure () throws(SQLiteError) -> [[Session.Key]]
    ) throws(AuthError) {
        changes.sessions += try run(statement()).joined()
    }

    private static func keys(_ row: Row) throws(SQLiteError) -> [Session.Key] {
        [.id(try row.id(0)), .tokenHash(try row.digest(1))]
    }

    private func run<Value>(
        _ statement: @autoclosure () throws(SQLiteError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try statement()
        } catch {
            throw note(error)
        }
    }

    private func note(_ error: SQLiteError) -> AuthError {
        fault = fault ?? error
        return error.unavailable
    }
}
