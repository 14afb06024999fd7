public import Crypto

/// What administrators see and change of other accounts.
extension AdministrationService {
    /// The accounts that match, in the requested order.
    ///
    /// - Throws: `unavailable`.
    public func users(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        try store.accounts(matching: query, page)
    }

    /// An account in the form shown to clients.
    ///
    /// - Throws: `notFound`; `unavailable`.
    public func user(_ id: UUID) throws(AuthError) -> AccountRecord {
        guard let record = try store.account(id) else { throw .notFound }
        return record
    }

    /// The account with an address; nil for what is no address, too.
    ///
    /// - Throws: `unavailable`.
    public func user(ofEmail text: String) throws(AuthError) -> Account? {
        guard let email = Email.existing(text) else { return nil }
        return try store.credential(email)?.account
    }

    /// Deletes an account with everything that belongs to it; its sessions and keys end at once.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who deletes it.
    /// - Returns: The deleted account.
    /// - Throws: `notFound`; `ownerProtected` for the owner, `forbidden` for an administrator unless
    ///   requested by the owner, and for the administrator's own account; in person
    ///   `reauthenticationRequired`; `unauthenticated`, `forbidden` when the requester is no longer an
    ///   administrator; `unavailable`.
    public func deleteAccount(
        _ id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let presence = context.presence(of: administrator)
        let deleted = try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            guard let account = try transaction.credential(id)?.account else { throw .notFound }
            try authority.requireMayDelete(account)
            try transaction.require(presence)
            try transaction.eraseAccount(id)
            return account
        }
        context.note(deleted, became: nil, by: administrator.author)
        return deleted
    }

    /// Deletes an account, as `deleteAccount(_:by:)`, once its address was typed.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - confirmation: The address of the account, in the field `confirm`.
    ///   - administrator: Who deletes it.
    /// - Returns: The deleted account.
    /// - Throws: `invalidInput` for another address; otherwise as `deleteAccount(_:by:)`.
    @discardableResult
    public func deleteAccount(
        _ id: UUID, confirmedBy confirmation: TextInput, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let email = try user(id).account.email
        guard case .text(let text) = confirmation else {
            throw .invalidInput([.missing("confirm")])
        }
        guard Email.existing(text) == email else {
            throw .invalidInput([InvalidInput("confirm", .otherEmail)])
        }
        return try deleteAccount(id, by: administrator)
    }
}
