extension Transaction {
    /// Queues a mail about a login from a device that the account has not used before.
    ///
    /// Called before the session of the login is inserted. The first login of an account is not
    /// announced.
    func announceNewDevice(
        of client: ClientContext, to account: Account, by mail: MailWriter
    ) throws(AuthError) {
        guard mail.isEnabled else { return }
        let former = try userAgents(of: account.id, limit: Session.maximumComparedDevices)
        let device = Device.label(ofUserAgent: client.userAgent)
        guard !former.isEmpty, !former.contains(where: { Device.label(ofUserAgent: $0) == device })
        else { return }
        let recipient = Recipient(account)
        let values = client.values(at: now, in: recipient.language)
            .merging(["name": account.salutation(at: account.email)]) { $1 }
        // No login fails because its mail cannot be written.
        let notice = try? mail.mail(
            .newDevice, to: recipient, of: account.id, values, at: now)
        try post(notice, by: mail)
    }
}
