extension AccountService {
    /// Changes how somebody is addressed.
    ///
    /// - Parameters:
    ///   - name: As it was sent; an absent one changes nothing.
    ///   - others: What is wrong with other inputs of the same request.
    ///   - caller: Whose name it is.
    /// - Returns: The account as it is now.
    /// - Throws: `invalidInput`; `invalidToken` when the account is gone meanwhile; `unavailable`.
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
            try transaction.update(account)
            return account
        }
    }

    /// Removes the account of somebody who wants to be gone, with everything that is its own.
    ///
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - caller: Who is signed in, whatever the status of the account.
    ///   - client: Where the request comes from.
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
            try transaction.deleteAccount(present.id)
            return present
        }
        context.note(deleted, became: nil, by: caller.author)
    }
}
