public import Crypto

/// What administrators see and do of the accounts of others.
extension AdministrationService {
    /// The accounts that match, newest first.
    ///
    /// - Throws: `unavailable`.
    public func users(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        try store.accounts(matching: query, page)
    }

    /// An account with its public form.
    ///
    /// - Throws: `notFound`; `unavailable`.
    public func user(_ id: UUID) throws(AuthError) -> AccountRecord {
        guard let record = try store.account(id) else { throw .notFound }
        return record
    }

    /// Deletes an account with everything that is its own; its sessions and keys end at once.
    ///
    /// - Parameters:
    ///   - id: Whose.
    ///   - administrator: Who says so.
    /// - Returns: The account as it was.
    /// - Throws: `notFound`; `ownerProtected` for the owner, `forbidden` for owner and administrators
    ///   unless from the owner, and for oneself; `unauthenticated`, `forbidden` when the administrator
    ///   is none any more; `unavailable`.
    public func deleteAccount(
        _ id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let deleted = try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            guard let account = try transaction.credential(id)?.account else { throw .notFound }
            try authority.requirePerson()
            try authority.requirePower(over: account)
            guard account.role != .owner else { throw .ownerProtected }
            // Leaving by oneself takes one's password.
            guard account.id != authority.account?.id else { throw .forbidden(.ownAccount) }
            try transaction.deleteAccount(id)
            return account
        }
        context.note(deleted, became: nil, by: administrator.author)
        return deleted
    }
}
