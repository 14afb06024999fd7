public import Crypto

/// What a confirmation link is for, as its page shows it.
///
/// The reader of the mailbox may have nothing to do with the account, so the page shows neither its
/// name nor any other address of it.
public struct EmailLink: Sendable, Equatable {
    /// The address the link was sent to and confirms.
    public let email: Email
    /// When the account was created.
    public let openedAt: Timestamp
    /// Whether the address would replace the account's present one.
    public let isChange: Bool
    /// Whether the request carries a live session of the account; without one, confirming takes the password.
    public let isSignedIn: Bool
    /// Whether the link also sets a password.
    public let setsPassword: Bool
}

extension EmailService {
    /// What the page of a confirmation link shows; changes nothing.
    ///
    /// - Parameters:
    ///   - token: The token, as submitted.
    ///   - presented: A credential of the request.
    /// - Returns: What the link is for.
    /// - Throws: `invalidLink`; `unavailable`.
    public func emailLink(
        token: String, presented: PresentedCredential?
    ) throws(AuthError) -> EmailLink {
        let (email, account) = try context.emailLink(LinkToken.hash(of: token))
        let session = try context.presentedSession(presented)
        let setsPassword = try context.isResetByMail(account)
        return EmailLink(
            email: email, openedAt: account.createdAt, isChange: email != account.email,
            isSignedIn: session?.accountID == account.id,
            setsPassword: email == account.email && setsPassword)
    }

    /// Confirms an address with the token of a link that was sent there.
    ///
    /// The link proves access to the mailbox, not ownership of the account: that takes a live session
    /// of the account, even one that is pending, or its password. A new address replaces the present
    /// one: sessions stay, and the old address is notified.
    /// - Parameters:
    ///   - token: The token, as submitted; single-use.
    ///   - password: The password, as submitted; if present it is always checked, and counts like a login.
    ///   - client: Where the request comes from.
    ///   - presented: A credential of the request.
    /// - Returns: The account whose address it is.
    /// - Throws: `invalidInput` when the token is missing; `invalidLink`; `confirmationRequired`,
    ///   `invalidCredentials` for a wrong password, after which the link is still valid; `emailTaken` when
    ///   another account took the address meanwhile; `tooManyRequests`, `overloaded`, `unavailable`.
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
        let mails = context.accountMails
        context.acts(as: .account(account.id))
        return try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail)
            guard let email = link.email else { throw .invalidLink(nil) }
            try transaction.require(proof, of: account)
            try mails.confirm(email, of: account, at: transaction.now, in: transaction)
            return account.id
        }
    }

    /// Requires proof that the holder of the link owns the account.
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
    /// The address that a valid link confirms, with its account.
    ///
    /// - Throws: `invalidLink`, also for a disabled account, whose address cannot be confirmed; `unavailable`.
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

/// The proof, besides the link, that the client owns the account.
private enum OwnershipProof {
    /// A live session of the account.
    case session(UUID)
    /// Its password.
    case password(PasswordProof)
}

extension Transaction {
    /// Refuses a proof that is no longer valid.
    fileprivate func require(
        _ proof: OwnershipProof, of account: Account
    ) throws(AuthError) {
        switch proof {
        case .session(let id):
            guard try isLive(id) else { throw .confirmationRequired }
        case .password(let confirmation):
            guard try credential(account.id)?.password == confirmation.password else {
                throw .invalidCredentials(.passwordChanged)
            }
        }
    }
}
