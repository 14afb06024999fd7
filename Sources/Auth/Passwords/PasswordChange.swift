extension PasswordService {
    /// Changes the password of a signed-in client that knows the present one, or gives an account that has none
    /// a password.
    ///
    /// All other sessions of the account end, no other device is known or trusted any more, and links that would
    /// set a password or change the address become invalid; a mail notifies the holder.
    /// - Parameters:
    ///   - current: The present password, as submitted; required of an account that has one.
    ///   - new: The new password, as submitted.
    ///   - revokesAPIKeys: Whether all API keys of the account are revoked as well.
    ///   - others: The invalid other inputs of the same request.
    ///   - caller: The signed-in caller, whose session stays.
    ///   - client: Where the request comes from.
    /// - Returns: The value of the device cookie by which the account knows this client from now on.
    /// - Throws: `invalidInput`, then `reauthenticationRequired`, `wrongPassword`; `tooManyRequests`, `overloaded`,
    ///   `unavailable`.
    @discardableResult
    public func changePassword(
        from current: TextInput, to new: TextInput, revokingAPIKeys revokesAPIKeys: Bool = false,
        others: [InvalidInput] = [], by caller: Caller, at client: ClientContext
    ) throws(AuthError) -> String {
        var objections = others
        let current = try context.presentPassword(
            current, as: "currentPassword", of: caller.account, &objections)
        let new = context.newPassword(new, as: "newPassword", of: caller.account, &objections)
        // Compared with each other only: no hashing is needed to see that nothing would change.
        if let new, current == new {
            objections.append(
                InvalidInput("newPassword", .samePassword))
        }
        guard objections.isEmpty, let new else { throw .invalidInput(objections) }
        let proof = try context.freshProof(of: caller, password: current, from: client)
        // The session makes the client known to the account.
        let admission: HashingAdmission
        if let confirmation = proof.confirmation {
            admission = confirmation.admission
        } else {
            admission = try throttle.admitHashing(
                at: caller.account.email.address, knownTo: caller.account.id, from: client)
        }
        let hash = try context.hash(new, admitted: admission)
        let (id, kept) = (caller.account.id, caller.session?.id)
        let mail = mail
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(provenBy: proof)
            try transaction.recordPassword(.passwordChanged, of: id, in: kept)
            try transaction.setPassword(id, to: hash, keeping: kept)
            if let kept { try transaction.noteAuthentication(in: kept, by: .password) }
            if revokesAPIKeys { try transaction.endAPIKeys(of: id) }
            try transaction.announceNewPassword(of: account, from: client, by: mail)
        }
        return throttle.devices.token(for: id, knowing: hash, former: client.device, at: now())
    }
}
