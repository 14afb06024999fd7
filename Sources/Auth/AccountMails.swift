/// The mails about joining, written by the transactions that make them necessary.
struct AccountMails: Sendable {
    fileprivate let writer: MailWriter
    fileprivate let website: Origin
    /// The address of the page to sign in.
    fileprivate let loginPage: String

    /// Tells the owner that an account waits, with a link to decide about it.
    ///
    /// Nobody is told while there is no owner.
    /// - Throws: `unavailable`.
    func announce(
        _ applicant: Account, at time: Timestamp, in transaction: any Transaction
    ) throws(AuthError) {
        guard writer.isEnabled, let owner = try transaction.owner() else { return }
        let new = NewLinkToken(.decide, of: applicant.id, at: time)
        try transaction.insert(new.token)
        // The applicant's: it is of no use once the account is gone.
        let mail = try writer.mail(
            .approvalWanted, to: owner.email, of: applicant.id,
            [
                "name": owner.name, "applicantName": applicant.name,
                "applicantEmail": applicant.email.address,
                "link": "\(website)/auth/users/\(applicant.id)/decide?token=\(new.text)",
            ], at: time)
        if let mail { try transaction.enqueue(mail) }
    }

    /// Ends the waiting of an account: links to decide about it are dead, and who was approved is told.
    ///
    /// - Throws: `unavailable`.
    func settle(
        _ account: Account, at time: Timestamp, in transaction: any Transaction
    ) throws(AuthError) {
        try transaction.removeLinkTokens(of: account.id, for: [.decide])
        guard account.status == .active else { return }
        let mail = try writer.mail(
            .approved, to: account.email, of: account.id,
            ["name": account.salutation(at: account.email), "link": loginPage], at: time)
        if let mail { try transaction.enqueue(mail) }
    }

    /// Tells somebody that they were declined, after their account was deleted.
    ///
    /// - Throws: `unavailable`.
    func tellDeclined(
        _ account: Account, at time: Timestamp, in transaction: any Transaction
    ) throws(AuthError) {
        let mail = try writer.mail(
            .declined, to: account.email, of: nil, ["name": account.salutation(at: account.email)],
            at: time)
        if let mail { try transaction.enqueue(mail) }
    }
}

extension Account {
    /// How a mail speaks to the reader of an address that this account has, or says it has.
    ///
    /// By the account's name only once somebody has confirmed the address. Until then a stranger may
    /// have given it, to have "visit http://evil.example" mailed to somebody by this server.
    func salutation(at address: Email) -> String {
        address == email && emailVerifiedAt != nil ? name : String(address.localPart)
    }
}

extension AuthService {
    /// The mails about joining, for a transaction.
    var accountMails: AccountMails {
        AccountMails(
            writer: mail, website: websiteURL, loginPage: address(ofPage: rules.loginPage))
    }
}
