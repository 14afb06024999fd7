extension AccountService {
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
