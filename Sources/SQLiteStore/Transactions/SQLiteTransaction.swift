import Auth
import Crypto
import StoreSupport

/// One unit of work on the writer's connection, inside its savepoint.
///
/// Confined to the writer.
final class SQLiteTransaction: QueuedTransaction {
    /// The writer's connection.
    let database: Database
    /// The one time that everything in this transaction happens at.
    let now: Timestamp
    /// What was used and is not written down yet.
    let activity: Activity

    /// What it changed so far.
    var changes = Changes()
    /// The first fault of SQLite it met: such a transaction is never committed, even when the work
    /// goes on.
    private(set) var fault: SQLiteError?

    /// A unit of work at `now`.
    init(on database: Database, now: Timestamp, activity: Activity = Activity()) {
        self.database = database
        self.now = now
        self.activity = activity
    }

    func hasOwner() throws(AuthError) -> Bool {
        try run(database.hasOwner())
    }

    func credential(_ id: UUID) throws(AuthError) -> AccountCredential? {
        try run(
            database.first(
                "SELECT \(AccountCredential.columns) FROM accounts WHERE id = ?", .id(id),
                read: AccountCredential.init))
    }

    func account(_ email: Email) throws(AuthError) -> Account? {
        try run(
            database.first(
                "SELECT \(Account.columns) FROM accounts WHERE email = ?", .text(email.address),
                read: Account.init))
    }

    func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError) {
        do {
            try database.execute(
                "INSERT INTO accounts (\(AccountCredential.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .id(account.id), .text(account.email.address), .text(account.name),
                .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .time(account.createdAt),
                .optional(account.emailVerifiedAt, SQLValue.time),
                .optional(account.approvedAt, SQLValue.time), .text(passwordHash.phc))
        } catch {
            guard error.isUniqueViolation else { throw note(error) }
            if try self.account(account.email) != nil { throw .emailTaken }
            if account.role == .owner, try hasOwner() { throw .alreadySetUp }
            throw note(error)
        }
        if account.role == .owner { changes.hasOwner = true }
        try run(AccountTerms.follow(account.id, in: database))
    }

    func update(_ account: Account) throws(AuthError) {
        do {
            try database.execute(
                "UPDATE accounts SET name = ?, tier = ?, role = ?, status = ?, approved_at = ?"
                    + " WHERE id = ?",
                .text(account.name), .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .optional(account.approvedAt, SQLValue.time),
                .id(account.id))
        } catch {
            // Nothing else that is unique changes here.
            throw error.isUniqueViolation ? .alreadySetUp : note(error)
        }
        try run(AccountTerms.follow(account.id, in: database))
        changes.accounts.append(account.id)
        changes.hasOwner = try hasOwner()
        if account.status == .disabled {
            try endSessions(of: account.id, except: nil)
            try removeLinkTokens(of: account.id, for: [.resetPassword, .verifyEmail])
        }
        if !account.isAdministrator { try pauseInvites(of: account.id) }
    }

    func rehash(_ id: UUID, from old: PasswordHash, to new: PasswordHash) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?",
                .text(new.phc), .id(id), .text(old.phc)))
    }

    func setPassword(
        _ id: UUID, to hash: PasswordHash, keeping kept: UUID?
    ) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET password_hash = ? WHERE id = ?", .text(hash.phc), .id(id)))
        try endSessions(of: id, except: kept)
        try run(
            database.execute(
                """
                DELETE FROM link_tokens WHERE account_id = ?1 AND (purpose = ?2 OR purpose = ?3
                    AND email IS NOT (SELECT email FROM accounts WHERE id = ?1))
                """, .id(id), .text(LinkToken.Purpose.resetPassword.rawValue),
                .text(LinkToken.Purpose.verifyEmail.rawValue)))
        try removeDecisions(sentTo: id)
    }

    /// Kills the links that let the owner decide, when the account is the owner's: whoever had the
    /// password or the mailbox may have them.
    private func removeDecisions(sentTo id: UUID) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM link_tokens WHERE purpose = ?
                    AND EXISTS (SELECT 1 FROM accounts WHERE id = ? AND role = 'owner')
                """, .text(LinkToken.Purpose.decide.rawValue), .id(id)))
    }

    func setEmail(
        _ id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError) {
        do {
            try database.execute(
                "UPDATE accounts SET email = ?, email_verified_at = ?, email_rejected_at = NULL"
                    + " WHERE id = ?",
                .text(email.address), .optional(verifiedAt, SQLValue.time), .id(id))
        } catch {
            throw error.isUniqueViolation ? .emailTaken : note(error)
        }
        try run(
            database.execute(
                """
                DELETE FROM link_tokens WHERE account_id = ? AND (purpose = ? OR purpose = ?
                    AND email IS NOT ?)
                """, .id(id), .text(LinkToken.Purpose.verifyEmail.rawValue),
                .text(LinkToken.Purpose.resetPassword.rawValue), .text(email.address)))
        try removeDecisions(sentTo: id)
        try run(AccountTerms.follow(id, in: database))
        changes.accounts.append(id)
    }

    func noteEmailRejection(of id: UUID, at time: Timestamp) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET email_rejected_at = ? WHERE id = ?", .time(time), .id(id)))
    }

    func deleteAccount(_ id: UUID) throws(AuthError) {
        // The rows go with the account; what is kept in memory of them has to be named.
        try endSessions(of: id, except: nil)
        try forgetAPIKeys(of: id)
        try pauseInvites(of: id)
        try run(database.execute("DELETE FROM mails WHERE account_id = ?", .id(id)))
        try run(database.execute("DELETE FROM accounts WHERE id = ?", .id(id)))
        changes.accounts.append(id)
        changes.hasOwner = try hasOwner()
    }

    func owner() throws(AuthError) -> Account? {
        try run(
            database.first(
                "SELECT \(Account.columns) FROM accounts WHERE role = 'owner'", read: Account.init))
    }

    func save(_ settings: Settings) throws(AuthError) {
        try run(settings.save(in: database))
        changes.settings = settings
    }

    func clearFailedLogins(of account: Account) throws(AuthError) {
        try run(Unlocks.add(account, to: database))
        changes.unlocked.append(account.email)
    }

    /// Writes a row that nobody reads: the database grows by one of them at most.
    func probe() throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)",
                .text(now.rfc3339)))
    }

    func leave(note: String) throws(AuthError) {
        try run(database.execute("INSERT INTO notes (text) VALUES (?)", .text(note)))
        try run(
            database.execute(
                "DELETE FROM notes WHERE key <= (SELECT max(key) FROM notes) - ?",
                .integer(Int64(AdministrationService.maximumNotes))))
    }

    func settings() throws(AuthError) -> Settings {
        try run(Settings(in: database))
    }

    /// Runs a statement, and remembers its fault.
    func run<Value>(
        _ statement: @autoclosure () throws(SQLiteError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try statement()
        } catch {
            throw note(error)
        }
    }

    /// Remembers a fault: the transaction is never committed.
    func note(_ error: SQLiteError) -> AuthError {
        fault = fault ?? error
        return error.unavailable
    }
}
