public import Crypto

/// Who decides about an account that is pending approval.
public enum Approver: Sendable {
    /// An administrator.
    case administrator(Administrator)
    /// The holder of the approval link mailed to the owner; the text of its token.
    case link(String)
}

extension AdministrationService {
    /// Approves a pending account: it becomes active, and its holder is notified by mail.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - approver: Who approves it.
    /// - Returns: The updated account; an account that was active already is unchanged.
    /// - Throws: `notFound`; `notPending` when it is disabled; `invalidLink` when the token belongs to
    ///   another account or is no longer valid; in person `reauthenticationRequired`; `unauthenticated`,
    ///   `forbidden` when the administrator is not, or no longer, an administrator; `unavailable`.
    public func approve(_ id: UUID, by approver: Approver) throws(AuthError) -> Account {
        try approver.check(id, with: context)
        let (mails, presence) = (context.accountMails, approver.presence(with: context))
        let (old, new) = try store.write { transaction throws(AuthError) in
            let authority = try approver.authority(over: id, in: transaction)
            guard var account = try transaction.credential(id)?.account else { throw .notFound }
            switch account.status {
            case .active: return (account, account)
            case .disabled: throw .notPending
            case .pending: break
            }
            try authority.requirePower(over: account)
            try authority.requireMayAssign(of: account.role)
            try transaction.require(presence, toGive: account.role)
            let old = account
            account.letIn(at: transaction.now)
            try transaction.change(account)
            try mails.settle(account, in: transaction)
            return (old, account)
        }
        context.note(old, became: new, by: approver.author)
        return new
    }

    /// Declines a pending account: it is deleted, and its holder is notified by mail.
    ///
    /// Does nothing when the account is gone: it was declined before.
    /// - Parameters:
    ///   - id: The account.
    ///   - approver: Who declines it.
    /// - Throws: `notPending` when it is active or disabled; otherwise as `approve`.
    public func decline(_ id: UUID, by approver: Approver) throws(AuthError) {
        try approver.check(id, with: context)
        let (mails, presence) = (context.accountMails, approver.presence(with: context))
        let declined: Account? = try store.write { transaction throws(AuthError) in
            let authority = try approver.authority(over: id, in: transaction)
            try authority.requirePerson()
            guard let account = try transaction.credential(id)?.account else { return nil }
            guard account.status == .pending else { throw .notPending }
            try authority.requirePower(over: account)
            try transaction.require(presence, toGive: account.role)
            try transaction.record(.userDeclined, of: id)
            try mails.decline(account, in: transaction)
            return account
        }
        if let declined { context.note(declined, became: nil, by: approver.author) }
    }

    /// The account that an approval link is about; changes nothing.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - token: The text of the link's token.
    /// - Returns: The pending account.
    /// - Throws: `invalidLink` when the token belongs to another account or is no longer valid; `unavailable`.
    public func applicant(_ id: UUID, token: String) throws(AuthError) -> Account {
        guard try context.goodLink(LinkToken.hash(of: token), for: .decide).accountID == id,
            let account = try store.account(id)?.account, account.status == .pending
        else { throw .invalidLink(nil) }
        return account
    }
}

extension Approver {
    /// The approver as the author of a change.
    fileprivate var author: AdministrativeChange.Author {
        switch self {
        case .administrator(let administrator): administrator.author
        case .link: .link
        }
    }

    /// What an administrator in person has to prove; nil for a link, which the owner alone reads.
    fileprivate func presence(with context: AuthContext) -> FreshProof? {
        guard case .administrator(let administrator) = self else { return nil }
        return context.presence(of: administrator)
    }

    /// Refuses an invalid link before a write transaction begins; with a valid one the owner acts from now on,
    /// whom alone it was mailed to: where the owner is, is no business of the account that is decided about.
    fileprivate func check(_ id: UUID, with context: AuthContext) throws(AuthError) {
        guard case .link(let text) = self else { return }
        guard try context.goodLink(LinkToken.hash(of: text), for: .decide).accountID == id else {
            throw .invalidLink(nil)
        }
        if let owner = try context.owner() { context.acts(as: .account(owner.id)) }
    }

    /// The authority of the decision; a link has that of the owner, whom it was mailed to.
    fileprivate func authority(
        over id: UUID, in transaction: any Transaction
    ) throws(AuthError) -> AdminPermission {
        switch self {
        case .administrator(let administrator):
            return try AdminPermission.of(administrator, in: transaction)
        case .link(let text):
            let hash = LinkToken.hash(of: text)
            guard try transaction.validLinkToken(hash, for: .decide)?.accountID == id else {
                throw .invalidLink(nil)
            }
            return .lent
        }
    }
}
