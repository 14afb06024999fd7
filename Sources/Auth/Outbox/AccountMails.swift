/// The mails about joining, sent by the transactions that make them necessary.
struct AccountMails: Sendable {
    fileprivate let writer: MailWriter
    fileprivate let website: Origin
    /// The address of the login page.
    fileprivate let loginPage: String

    /// Confirms an address of an account: the present one, or a new one that replaces it, about which the
    /// old address is notified.
    ///
    /// Only now is the owner notified of a pending account: before, the address could be another person's.
    /// - Throws: `emailTaken`; `unavailable`.
    func confirm(
        _ email: Email, of account: Account, at time: Timestamp, in transaction: any Transaction
    ) throws(AuthError) {
        let link = try transaction.validLinkToken(of: account.id, for: .verifyEmail)
        if let link, link.email == email {
            try transaction.settle(link, as: .confirmed)
        }
        try transaction.setEmail(account.id, to: email, verifiedAt: time)
        if account.status == .pending && account.emailVerifiedAt == nil {
            try announce(account, at: email, in: transaction)
        }
        guard email != account.email else { return }
        let notice = try writer.mail(
            .emailChanged, to: Recipient(account), of: account.id,
            ["name": account.salutation(at: account.email), "newEmail": email.address], at: time)
        try transaction.post(notice, by: writer)
    }

    /// Confirms the address of an account, or withdraws the confirmation, on an administrator's word.
    ///
    /// The owner is then notified of a pending account as well, unless the same change decides about it.
    /// - Parameters:
    ///   - new: The account after the change.
    ///   - old: The account before the change.
    ///   - transaction: Makes the change.
    /// - Throws: `unavailable`.
    func setConfirmation(
        of new: Account, from old: Account, in transaction: any Transaction
    ) throws(AuthError) {
        guard let time = new.emailVerifiedAt else {
            return try transaction.setEmail(old.id, to: old.email, verifiedAt: nil)
        }
        var account = new
        account.emailVerifiedAt = old.emailVerifiedAt
        try confirm(old.email, of: account, at: time, in: transaction)
    }

    /// Notifies the owner that an account with a confirmed address is pending, with an approval link.
    ///
    /// Does nothing while there is no owner.
    private func announce(
        _ applicant: Account, at address: Email,
        in transaction: any Transaction
    ) throws(AuthError) {
        guard writer.isEnabled, let owner = try transaction.owner() else { return }
        let new = NewLinkToken(.decide, of: applicant.id, at: transaction.now)
        try transaction.issue(new.token)
        // The mail belongs to the applicant's account: it is of no use once the account is gone.
        let mail = try writer.mail(
            .approvalWanted, to: Recipient(owner), of: applicant.id,
            [
                "name": owner.name, "applicantName": applicant.name,
                "applicantEmail": address.address,
                "link": "\(website)/auth/users/\(applicant.id)/decide?token=\(new.text)",
            ], at: transaction.now)
        try transaction.post(mail, by: writer)
    }

    /// Ends the pending state of an account: its approval links become invalid, and an approved applicant is notified.
    ///
    /// - Throws: `unavailable`.
    func settle(
        _ account: Account, in transaction: any Transaction
    ) throws(AuthError) {
        guard account.status == .active else {
            return try transaction.revokeLinks(of: account.id, for: [.decide])
        }
        try settleDecision(about: account, as: .approved, in: transaction)
        let mail = try writer.mail(
            .approved, to: Recipient(account), of: account.id,
            ["name": account.salutation(at: account.email), "link": loginPage], at: transaction.now)
        try transaction.post(mail, by: writer)
    }

    /// Deletes a declined account and notifies the applicant.
    ///
    /// - Throws: `unavailable`.
    func decline(
        _ account: Account, in transaction: any Transaction
    ) throws(AuthError) {
        try settleDecision(about: account, as: .declined, in: transaction)
        try transaction.eraseAccount(account.id)
        let mail = try writer.mail(
            .declined, to: Recipient(account), of: nil,
            ["name": account.salutation(at: account.email)],
            at: transaction.now)
        try transaction.post(mail, by: writer)
    }

    /// Notifies the holder of an account that its password was set with a link, and what that ended.
    ///
    /// - Throws: `unavailable`.
    func announceReset(
        of account: Account, _ ended: EndedAccess, from client: ClientContext,
        in transaction: any Transaction
    ) throws(AuthError) {
        let recipient = Recipient(provenBy: account)
        var values = client.values(at: transaction.now, in: recipient.language).merging([
            "name": account.salutation(at: account.email), "sessions": "\(ended.sessions)",
            "apiKeys": "\(ended.apiKeys)", "devices": "\(ended.devices)",
            "links": "\(ended.links)", "invitations": "\(ended.invitations)",
            "trustedBrowsers": "\(ended.trustedBrowsers)",
        ]) { $1 }
        values[ended.removesFactors ? "factorsRemoved" : "factorsKept"] =
            recipient.language.list(of: ended.factors)
        let notice = try writer.mail(
            .passwordReset, to: recipient, of: account.id, values,
            at: transaction.now)
        try transaction.post(notice, by: writer)
    }

    /// Notifies the holder of an account of a new API key, if the address is confirmed.
    ///
    /// - Throws: `unavailable`.
    func announce(
        _ key: APIKeyDetails, of account: Account, from client: ClientContext,
        in transaction: any Transaction
    ) throws(AuthError) {
        guard account.emailVerifiedAt != nil else { return }
        let recipient = Recipient(account)
        let values = client.values(at: key.createdAt, in: recipient.language).merging([
            "name": account.name, "keyName": key.name, "prefix": key.prefix,
            "scopes": key.key.scopes.names.joined(separator: ", "),
            "expires": key.key.expiresAt?.readable ?? recipient.language.never,
        ]) { $1 }
        let notice = try writer.mail(
            .apiKeyCreated, to: recipient, of: account.id, values, at: key.createdAt)
        try transaction.post(notice, by: writer)
    }

    /// Notifies the owner that an account was disabled because the reader of its address reported that it
    /// is not theirs.
    ///
    /// - Throws: `unavailable`.
    func reportRejection(
        by account: Account, in transaction: any Transaction
    ) throws(AuthError) {
        guard let owner = try transaction.owner() else { return }
        let mail = try writer.mail(
            .addressRejected, to: Recipient(owner), of: account.id,
            [
                "name": owner.salutation(at: owner.email), "accountEmail": account.email.address,
                "accountRole": account.role.rawValue, "time": transaction.now.readable,
            ], at: transaction.now)
        try transaction.post(mail, by: writer)
    }

    /// Invalidates the approval link of an account; opening it afterwards shows the decision.
    private func settleDecision(
        about account: Account, as outcome: SettledLink.Outcome,
        in transaction: any Transaction
    ) throws(AuthError) {
        let link = try transaction.validLinkToken(of: account.id, for: .decide)
        if let link { try transaction.settle(link, as: outcome) }
    }
}

extension Account {
    /// The salutation of a mail to an address of this account.
    ///
    /// The account's name is used only once the address is confirmed. Until then a stranger may have chosen
    /// it, to have this server mail "visit http://evil.example" to a stranger.
    func salutation(at address: Email) -> String {
        address == email && emailVerifiedAt != nil ? name : String(address.localPart)
    }
}

extension AuthContext {
    /// The mails about joining, for a transaction.
    var accountMails: AccountMails {
        AccountMails(
            writer: mail, website: websiteURL, loginPage: address(ofPage: rules.loginPage))
    }
}
