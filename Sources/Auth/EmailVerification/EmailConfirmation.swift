public import Crypto

/// What a link to confirm an address is about, for its page.
///
/// Whoever reads the mailbox may be a stranger to the account: neither its name nor another address of
/// it is told.
public struct EmailLink: Sendable, Equatable {
    /// Where the link was sent, which it confirms.
    public let email: Email
    /// When the account was opened.
    public let openedAt: Timestamp
    /// How long ago that is, in seconds.
    public let age: Int64
    /// Whether the address is to take the place of the account's present one.
    public let isChange: Bool
    /// Whether the request shows a live session of the account: otherwise confirming takes the password.
    public let isSignedIn: Bool
    /// Whether the link sets a password, too.
    public let setsPassword: Bool
}

extension EmailService {
    /// What the page of a link to confirm an address shows; changes nothing.
    ///
    /// - Parameters:
    ///   - token: As it was sent.
    ///   - presented: A credential the request carries.
    /// - Returns: What the link is about.
    /// - Throws: `invalidLink`; `unavailable`.
    public func emailLink(
        token: String, presented: PresentedCredential?
    ) throws(AuthError) -> EmailLink {
        let (email, account) = try context.emailLink(LinkToken.hash(of: token))
        let session = try context.presentedSession(presented)
        let age = now().milliseconds.subtractingReportingOverflow(account.createdAt.milliseconds)
        return EmailLink(
            email: email, openedAt: account.createdAt,
            age: age.overflow ? 0 : max(0, age.partialValue / 1_000),
            isChange: email != account.email, isSignedIn: session?.accountID == account.id,
            setsPassword: email == account.email && account.isResetByMail)
    }

    /// Confirms an address by the token of a link that was sent there.
    ///
    /// The link proves the mailbox, not the person who made the account: that takes a live session of
    /// the account, also while it waits for something, or its password. When the address is not the
    /// account's present one, it takes its place: sessions stay, and the old address is told.
    /// - Parameters:
    ///   - token: As it was sent; good for one use.
    ///   - password: As it was sent; one that is sent is always checked, and counts like a login.
    ///   - client: Where the request comes from.
    ///   - presented: A credential the request carries.
    /// - Returns: Whose address it is.
    /// - Throws: `invalidInput` when the token is missing; `invalidLink`; `confirmationRequired`,
    ///   `invalidCredentials` for a wrong password: the link stays good; `emailTaken` when another
    ///   account got the address meanwhile; `tooManyRequests`, `overloaded`, `unavailable`.
    @discardableResult
    public func verifyEmail(
        token: TextInput, password: TextInput, from client: ClientContext,
        presented: PresentedCredential?
    ) throws(AuthError) -> UUID {
        var objections: [InvalidInput] = []
        let text = token.required(as: "token", &objections)
        let password = password.optional(as: "password", &objections)
        guard objections.isEmpty, let text else { throw .invalidInput(objections) }
        let hash = LinkToken.hash(of: text)
        let account = try context.emailLink(hash).account
        let proof = try ownership(
            of: account, password: password, from: client, presented: presented)
        let (time, mails) = (now(), context.accountMails)
        return try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail, at: time)
            guard let email = link.email else { throw .invalidLink(nil) }
            try transaction.require(proof, of: account, at: time)
            try mails.confirm(email, of: account, at: time, in: transaction)
            return account.id
        }
    }

    /// Makes sure that whoever has the link is the one the account belongs to.
    private func ownership(
        of account: Account, password: String?, from client: ClientContext,
        presented: PresentedCredential?
    ) throws(AuthError) -> OwnershipProof {
        let session = try context.presentedSession(presented)
        if let password {
            guard
                let confirmed = try context.confirm(
                    password, of: account, in: session, from: client)
            else { throw .invalidCredentials(.wrongPassword) }
            return .password(confirmed)
        }
        guard let session, session.accountID == account.id else { throw .confirmationRequired }
        return .session(session.id)
    }
}

extension AuthContext {
    /// The address that a link confirms which is still good, and whose account it is.
    ///
    /// - Throws: `invalidLink`, also for a disabled account, which confirms nothing; `unavailable`.
    func emailLink(
        _ hash: Digest
    ) throws(AuthError) -> (email: Email, account: Account) {
        let token = try goodLink(hash, for: .verifyEmail)
        guard let email = token.email, let account = try store.account(token.accountID)?.account,
            account.status != .disabled
        else { throw .invalidLink(nil) }
        return (email, account)
    }
}

/// By what somebody showed, beside the link, that the account is theirs.
private enum OwnershipProof {
    /// A live session of the account.
    case session(UUID)
    /// Its password.
    case password(PasswordProof)
}

extension Transaction {
    /// Refuses a proof that does not hold any more.
    fileprivate func require(
        _ proof: OwnershipProof, of account: Account, at time: Timestamp
    ) throws(AuthError) {
        switch proof {
        case .session(let id):
            guard try isLive(id, at: time) else { throw .confirmationRequired }
        case .password(let confirmation):
            guard try credential(account.id)?.passwordHash == confirmation.hash else {
                throw .invalidCredentials(.passwordChanged)
            }
        }
    }
}
