extension AccountService {
    /// Changes the person's name.
    ///
    /// - Parameters:
    ///   - name: As sent; an absent one changes nothing.
    ///   - others: Errors of other inputs in the same request.
    ///   - caller: The account.
    /// - Returns: The changed account.
    /// - Throws: `invalidInput`; `invalidToken` when the account was deleted meanwhile; `unavailable`.
    public func rename(
        to name: TextInput, others: [InvalidInput] = [], by caller: Caller
    ) throws(AuthError) -> Account {
        var objections = others
        let name = NameField.name(name).text(&objections)
        guard objections.isEmpty else { throw .invalidInput(objections) }
        guard let name else { return caller.account }
        let id = caller.account.id
        return try store.write { transaction throws(AuthError) in
            guard var account = try transaction.credential(id)?.account else {
                throw .invalidToken(.callerEnded)
            }
            account.name = name
            try transaction.change(account)
            return account
        }
    }

    /// Deletes the caller's account, with everything that belongs to it.
    ///
    /// - Parameters:
    ///   - password: As sent.
    ///   - caller: The signed-in caller, whatever the status of the account.
    ///   - client: The client of the request.
    /// - Throws: `ownerProtected`, `invalidInput`, `wrongPassword`; `tooManyRequests`, `overloaded`,
    ///   `unavailable`.
    public func deleteAccount(
        password: TextInput, of caller: Caller, from client: ClientContext
    ) throws(AuthError) {
        let account = caller.account
        guard account.role != .owner else { throw .ownerProtected }
        var objections: [InvalidInput] = []
        guard let password = password.required(as: "password", &objections) else {
            throw .invalidInput(objections)
        }
        let confirmed = try context.confirm(password, of: caller, from: client)
        let deleted = try store.write { transaction throws(AuthError) in
            let present = try transaction.account(account.id, confirmedBy: confirmed)
            guard present.role != .owner else { throw .ownerProtected }
            try transaction.eraseAccount(present.id)
            return present
        }
        context.note(deleted, became: nil, by: caller.author)
    }
}
