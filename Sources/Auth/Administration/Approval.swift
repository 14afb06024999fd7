public import Crypto

/// Who decides about an account that waits for approval.
public enum Approver: Sendable {
    /// An administrator.
    case administrator(Administrator)
    /// Whoever has the link that the owner was mailed; the text of its token.
    case link(String)
}

extension AdministrationService {
    /// Approves an account that waits: it becomes active, and the person is told by mail.
    ///
    /// - Parameters:
    ///   - id: Whose.
    ///   - approver: Who says so.
    /// - Returns: The account as it is now; also one that was active before, unchanged.
    /// - Throws: `notFound`; `notPending` when it is disabled; `invalidLink` when the token is not of
    ///   this account or no longer good; `unauthenticated`, `forbidden` when the administrator is
    ///   none, or none any more; `unavailable`.
    public func approve(_ id: UUID, by approver: Approver) throws(AuthError) -> Account {
        try approver.check(id, with: context)
        let (mails, time) = (context.accountMails, now())
        let (old, new) = try store.write { transaction throws(AuthError) in
            let authority = try approver.authority(over: id, at: time, in: transaction)
            guard var account = try transaction.credential(id)?.account else { throw .notFound }
            switch account.status {
            case .active: return (account, account)
            case .disabled: throw .notPending
            case .pending: break
            }
            try authority.requirePower(over: account)
            try authority.requireMayAssign(of: account.role)
            let old = account
            account.letIn(at: time)
            try transaction.update(account)
            try mails.settle(account, at: time, in: transaction)
            return (old, account)
        }
        context.note(old, became: new, by: approver.author)
        return new
    }

    /// Declines an account that waits: it is removed, and the person is told by mail.
    ///
    /// Does nothing when the account is gone: it was declined before.
    /// - Parameters:
    ///   - id: Whose.
    ///   - approver: Who says so.
    /// - Throws: `notPending` when it is active or disabled; otherwise as `approve`.
    public func decline(_ id: UUID, by approver: Approver) throws(AuthError) {
        try approver.check(id, with: context)
        let (mails, time) = (context.accountMails, now())
        let declined: Account? = try store.write { transaction throws(AuthError) in
            let authority = try approver.authority(over: id, at: time, in: transaction)
            try authority.requirePerson()
            guard let account = try transaction.credential(id)?.account else { return nil }
            guard account.status == .pending else { throw .notPending }
            try authority.requirePower(over: account)
            try mails.decline(account, at: time, in: transaction)
            return account
        }
        if let declined { context.note(declined, became: nil, by: approver.author) }
    }

    /// The account that a link of a mail lets decide about; decides nothing.
    ///
    /// - Parameters:
    ///   - id: Whose.
    ///   - token: The text of the link's token.
    /// - Returns: The account that waits.
    /// - Throws: `invalidLink` when the token is not of this account or no longer good; `unavailable`.
    public func applicant(_ id: UUID, token: String) throws(AuthError) -> Account {
        guard try context.goodLink(LinkToken.hash(of: token), for: .decide).accountID == id,
            let account = try store.account(id)?.account, account.status == .pending
        else { throw .invalidLink(nil) }
        return account
    }
}

extension Approver {
    /// The decider as the author of a change.
    fileprivate var author: AdministrativeChange.Author {
        switch self {
        case .administrator(let administrator): administrator.author
        case .link: .link
        }
    }

    /// Refuses a link that is not good, without a turn of the writer.
    fileprivate func check(_ id: UUID, with context: AuthContext) throws(AuthError) {
        guard case .link(let text) = self else { return }
        guard try context.goodLink(LinkToken.hash(of: text), for: .decide).accountID == id else {
            throw .invalidLink(nil)
        }
    }

    /// With what authority is decided; a link has that of the owner, whom it was mailed to.
    fileprivate func authority(
        over id: UUID, at time: Timestamp, in transaction: any Transaction
    ) throws(AuthError) -> AdminPermission {
        switch self {
        case .administrator(let administrator):
            return try AdminPermission.of(administrator, in: transaction)
        case .link(let text):
            let hash = LinkToken.hash(of: text)
            guard try transaction.linkToken(hash, for: .decide, at: time)?.accountID == id else {
                throw .invalidLink(nil)
            }
            return .lent
        }
    }
}
