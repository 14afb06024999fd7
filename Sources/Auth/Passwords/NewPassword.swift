extension AuthContext {
    /// Checks what somebody sent as the new password of an account.
    ///
    /// - Parameters:
    ///   - input: As it was sent.
    ///   - field: What the request calls it.
    ///   - account: Whose password it is to be.
    ///   - objections: Grows by what is wrong with it.
    /// - Returns: The password; nil, with an objection, when it may not be one.
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
    /// Tells somebody that their password is another one, in case it was not they who set it.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - client: Where it was set from.
    ///   - time: Now.
    ///   - mail: Writes the mail.
    /// - Throws: `unavailable`.
    func announceNewPassword(
        of account: Account, from client: ClientContext, at time: Timestamp, by mail: MailWriter
    ) throws(AuthError) {
        let notice = try mail.mail(
            .passwordChanged, to: Recipient(account), of: account.id,
            client.values(at: time).merging(["name": account.salutation(at: account.email)]) { $1 },
            at: time)
        try post(notice, by: mail)
    }
}
