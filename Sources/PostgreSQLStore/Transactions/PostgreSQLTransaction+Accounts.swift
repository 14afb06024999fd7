import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func owner() throws(AuthError) -> Account? {
        try run(
            database.first(
                "SELECT \(Account.columns) FROM accounts WHERE role = 'owner'", read: Account.init))
    }

    func credential(_ id: UUID) throws(AuthError) -> AccountCredential? {
        try run(
            database.first(
                "SELECT \(AccountCredential.columns) FROM accounts WHERE id = $1", .id(id),
                read: AccountCredential.init))
    }

    func account(_ email: Email) throws(AuthError) -> Account? {
        try run(database.account(email))
    }

    func insert(_ account: Account, password stored: StoredPassword?) throws(AuthError) {
        let password = stored.map {
            passwordInsertion(of: account.id, $0, at: account.createdAt)
        }
        // The password and the terms find no account, and do nothing, where the first was refused.
        let inserted = try run(
            database.execute(
                [
                    Query(
                        """
                        INSERT INTO accounts (\(Account.columns), folded_name)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                        ON CONFLICT DO NOTHING
                        """,
                        [
                            .id(account.id), .email(account.email), .text(account.name),
                            .choice(account.tier), .choice(account.role), .choice(account.status),
                            .time(account.createdAt),
                            .optional(account.emailVerifiedAt, SQLValue.time),
                            .optional(account.approvedAt, SQLValue.time),
                            .optional(account.language, SQLValue.choice), .text(account.foldedName),
                        ]),
                    AccountTerms.adding(account),
                ] + (password.map { [$0] } ?? [])))
        guard inserted.first == 1 else {
            if try self.account(account.email) != nil { throw .emailTaken }
            if account.role == .owner, try owner() != nil { throw .alreadySetUp }
            throw note(.refused("an account of this id is there"))
        }
        if account.role == .owner { changes.hasOwner = true }
        changes.note(stored)
    }

    func updateAccount(_ account: Account) throws(AuthError) {
        if account.role == .owner, let owner = try owner(), owner.id != account.id {
            throw .alreadySetUp
        }
        try runChecked {
            () throws(PostgreSQLError) in
            try database.execute(
                """
                UPDATE accounts SET name = $1, folded_name = $2, tier = $3, role = $4, status = $5,
                    approved_at = $6, language = $7
                WHERE id = $8
                """, .text(account.name), .text(account.foldedName), .choice(account.tier),
                .choice(account.role), .choice(account.status),
                .optional(account.approvedAt, SQLValue.time),
                .optional(account.language, SQLValue.choice), .id(account.id))
        }
        try run(AccountTerms.follow(account.id, in: database))
        changes.accounts.append(account.id)
        try noteOwner(mayBeNew: account.role == .owner)
    }

    func updateEmail(
        of id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError) {
        if let other = try account(email), other.id != id { throw .emailTaken }
        try runChecked {
            () throws(PostgreSQLError) in
            try database.execute(
                "UPDATE accounts SET email = $1, email_verified_at = $2 WHERE id = $3",
                .email(email), .optional(verifiedAt, SQLValue.time), .id(id))
        }
        try run(AccountTerms.follow(id, in: database))
        changes.accounts.append(id)
    }

    func updateEmailRejection(of id: UUID, at time: Timestamp?) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE accounts SET email_rejected_at = $1 WHERE id = $2",
                .optional(time, SQLValue.time), .id(id)))
    }

    func deleteAccount(_ id: UUID) throws(AuthError) {
        // The rows go with the account; those that may be in memory have to be listed.
        try forgetSessions(of: id)
        try forgetAPIKeys(of: id)
        try run(database.execute("DELETE FROM accounts WHERE id = $1", .id(id)))
        changes.accounts.append(id)
        try noteOwner(mayBeNew: false)
    }

    /// Notes that there is an owner or none, where that may have changed: all daemons read their state again.
    private func noteOwner(mayBeNew: Bool) throws(AuthError) {
        let hasOwner = try run(database.hasOwner())
        if mayBeNew || !hasOwner { changes.hasOwner = hasOwner }
    }

    /// Runs an update of what has to be unique, after a look that said it would be.
    ///
    /// What violates an index all the same was committed by another transaction since this one began to
    /// look: then all of it is run again, and the look says so.
    private func runChecked(
        _ update: () throws(PostgreSQLError) -> Int
    ) throws(AuthError) {
        do throws(PostgreSQLError) {
            _ = try update()
        } catch {
            guard error.isUniqueViolation else { throw note(error) }
            throw note(
                PostgreSQLError(
                    kind: .refused(.serializationFailure), message: error.message,
                    constraint: error.constraint))
        }
    }
}

extension PostgreSQLError {
    /// A row that is not inserted since another is in its way.
    static func refused(_ message: String) -> PostgreSQLError {
        PostgreSQLError(kind: .refused(.uniqueViolation), message: message)
    }
}
