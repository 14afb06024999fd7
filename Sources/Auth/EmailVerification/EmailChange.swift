extension EmailService {
    /// Requests a change of email address: sends a link to the new address, which becomes the account's
    /// once the link is used.
    ///
    /// Does not reveal whose addresses have accounts: an address that is taken receives no mail, and the
    /// caller sees no difference.
    /// - Parameters:
    ///   - email: The new address, as submitted.
    ///   - password: The present password, as submitted; required of an account that has one.
    ///   - caller: The signed-in caller, whether or not the present address is confirmed.
    ///   - client: Where the request comes from.
    /// - Throws: `mailNotConfigured`; `pendingApproval`; `invalidInput`, also for the present address;
    ///   `reauthenticationRequired`, `wrongPassword`; `tooManyRequests`, `overloaded`, `unavailable`.
    public func changeEmail(
        to email: TextInput, password: TextInput, by caller: Caller, from client: ClientContext
    ) throws(AuthError) {
        try context.requireMail()
        let account = caller.account
        guard account.status == .active else { throw .pendingApproval }
        var objections: [InvalidInput] = []
        let text = email.required(as: "email", &objections)
        let password = try context.presentPassword(
            password, as: "password", of: account, &objections)
        let address = text.flatMap(Email.init)
        if let text, address == nil {
            objections.append(InvalidInput("email", Email.objection(to: text)))
        } else if address == account.email {
            objections.append(InvalidInput("email", .sameEmail))
        }
        guard objections.isEmpty, let address else {
            throw .invalidInput(objections)
        }
        let proof = try context.freshProof(of: caller, password: password, from: client)
        guard let verification = try context.verification(by: .verify, of: account, at: address)
        else {
            return
        }
        let mail = mail
        try store.write { transaction throws(AuthError) in
            _ = try transaction.account(provenBy: proof)
            // Counted whether or not the address is taken.
            let admitted: AdmittedMail
            switch try transaction.admit(verification.mail, by: mail) {
            case .admitted(let mail): admitted = mail
            case .refused(let refusal): throw refusal.error
            }
            // If the address is taken, the token is stored anyway, although it is never sent: the work done
            // must not reveal the difference.
            try transaction.issue(verification.token)
            guard try transaction.account(address) == nil else { return }
            try transaction.enqueue(admitted)
        }
    }
}
