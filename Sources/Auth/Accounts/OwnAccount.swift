extension AccountService {
    /// Deletes the caller's account, with everything that belongs to it.
    ///
    /// - Parameters:
    ///   - password: As sent; required of an account that has one.
    ///   - caller: The signed-in caller, whatever the status of the account.
    ///   - client: The client of the request.
    /// - Throws: `ownerProtected`, `invalidInput`, `reauthenticationRequired`, `wrongPassword`; `tooManyRequests`, `overloaded`,
    ///   `unavailable`.
    public func deleteAccount(
        password: TextInput, of caller: Caller, from client: ClientContext
    ) throws(AuthError) {
        let account = caller.account
        guard account.role != .owner else { throw .ownerProtected }
        var objections: [InvalidInput] = []
        let password = try context.presentPassword(
            password, as: "password", of: account, &objections)
        guard objections.isEmpty else { throw .invalidInput(objections) }
        let proof = try context.freshProof(of: caller, password: password, from: client)
        let deleted = try store.write { transaction throws(AuthError) in
            let present = try transaction.account(provenBy: proof)
            guard present.role != .owner else { throw .ownerProtected }
            try transaction.eraseAccount(present.id)
            return present
        }
        context.note(deleted, became: nil, by: caller.author)
    }
}
