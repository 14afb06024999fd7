extension AuthContext {
    /// Validates the new password submitted for an account.
    ///
    /// - Parameters:
    ///   - input: The password, as submitted.
    ///   - field: The name of the field in the request.
    ///   - account: The account it is for.
    ///   - objections: Collects what is wrong with it.
    /// - Returns: The password; nil, with an objection added, when it is not acceptable.
    func newPassword(
        _ input: TextInput, as field: String, of account: Account,
        _ objections: inout [InvalidInput]
    ) -> String? {
        guard let password = input.required(as: field, &objections) else { return nil }
        let objection = rules.passwordPolicy.objection(
            to: password, email: account.email, name: account.name)
        guard let objection else { return password }
        objections.append(InvalidInput(field, objection))
        return nil
    }
}

extension Transaction {
    /// Notifies the holder of an account that its password was changed, in case it was not they who did it.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - client: The client that changed it.
    ///   - mail: Writes the mail.
    /// - Throws: `unavailable`.
    func announceNewPassword(
        of account: Account, from client: ClientContext, by mail: MailWriter
    ) throws(AuthError) {
        let recipient = Recipient(account)
        let values = client.values(at: now, in: recipient.language)
            .merging(["name": account.salutation(at: account.email)]) { $1 }
        let notice = try mail.mail(
            .passwordChanged, to: recipient, of: account.id, values, at: now)
        try post(notice, by: mail)
    }
}
