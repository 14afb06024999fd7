import Auth
import Crypto
import StoreSupport

extension SQLiteTransaction {
    func owner() throws(AuthError) -> Account? {
        try run(
            database.first(
                "SELECT \(Account.columns) FROM accounts WHERE role = 'owner'", read: Account.init))
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

    func insert(_ account: Account, password: StoredPassword?) throws(AuthError) {
        do {
            try database.execute(
                "INSERT INTO accounts (\(Account.columns), folded_name)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .id(account.id), .text(account.email.address), .text(account.name),
                .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .time(account.createdAt),
                .optional(account.emailVerifiedAt, SQLValue.time),
                .optional(account.approvedAt, SQLValue.time),
                .optional(account.language) { .text($0.rawValue) }, .text(account.foldedName))
        } catch {
            guard error.isUniqueViolation else { throw note(error) }
            if try self.account(account.email) != nil { throw .emailTaken }
            if account.role == .owner, try owner() != nil { throw .alreadySetUp }
            throw note(error)
        }
        if account.role == .owner { changes.hasOwner = true }
        changes.note(password)
        if let password {
            try insertPassword(of: account.id, password, at: account.createdAt)
        }
        try run(AccountTerms.follow(account.id, in: database))
    }

    func updateAccount(_ account: Account) throws(AuthError) {
        do {
            try database.execute(
                """
                UPDATE accounts SET name = ?, folded_name = ?, tier = ?, role = ?, status = ?,
                    approved_at = ?, language = ?
                WHERE id = ?
                """, .text(account.name), .text(account.foldedName),
                .text(account.tier.rawValue), .text(account.role.rawValue),
                .text(account.status.rawValue), .optional(account.approvedAt, SQLValue.time),
                .optional(account.language) { .text($0.rawValue) }, .id(account.id))
        } catch {
            // Nothing else that is unique changes here.
            throw error.isUniqueViolation ? .alreadySetUp : note(error)
        }
        try run(AccountTerms.follow(account.id, in: database))
        changes.accounts.append(account.id)
        changes.hasOwner = try run(database.hasOwner())
    }

    func updateEmail(
        of id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError) {
        do {
            try database.execute(
                "UPDATE accounts SET email = ?, email_verified_at = ? WHERE id = ?",
                .text(email.address), .optional(verifiedAt, SQLValue.time), .id(id))
        } catch {
            throw error.isUniqueViolation ? .emailTaken : note(error)
        }
        try run(AccountTerms.follow(id, in: database))
        changes.accounts.append(id)
    }

    func updateEmailRejection(of id: UUID, at time: Timestamp?) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET email_rejected_at = ? WHERE id = ?",
                .optional(time, SQLValue.time), .id(id)))
    }

    func deleteAccount(_ id: UUID) throws(AuthError) {
        // The rows go with the account; those that may be in memory have to be listed.
        try forgetSessions(of: id)
        try forgetAPIKeys(of: id)
        try run(database.execute("DELETE FROM accounts WHERE id = ?", .id(id)))
        changes.accounts.append(id)
        changes.hasOwner = try run(database.hasOwner())
    }
}
