public import Crypto

/// What was done about an account whose address somebody else reads.
public struct EmailRejection: Sendable, Equatable {
    /// The account.
    public let accountID: UUID
    /// What it may do.
    public let role: Account.Role
    /// What was done.
    public let outcome: Outcome

    /// What can be done about such an account.
    public enum Outcome: String, Sendable {
        /// It is gone: nobody ever confirmed its address or vouched for it.
        case removed
        /// It is disabled, and the owner was told.
        case disabled
        /// Nothing but to tell the operator: a stranger's word locks nobody out of the server.
        case reported
    }
}

extension EmailService {
    /// Takes the word of whoever reads the present address of an account that the account is not theirs.
    ///
    /// - Parameter token: Of a link to confirm that address, as it was sent; good for one use.
    /// - Returns: What was done.
    /// - Throws: `invalidInput` when it is missing; `invalidLink`, also for the link of a change of
    ///   address; `unavailable`.
    public func rejectEmail(token: TextInput) throws(AuthError) -> EmailRejection {
        let hash = try hash(ofToken: token)
        let (email, present) = try context.emailLink(hash)
        guard email == present.email else { throw .invalidLink(nil) }
        let (time, mails) = (now(), context.accountMails)
        let (account, outcome) = try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail, at: time)
            guard link.email == account.email else { throw .invalidLink(nil) }
            try transaction.settle(link, as: .rejected, at: time)
            let outcome = account.rejectionOutcome
            switch outcome {
            case .removed: try transaction.deleteAccount(account.id)
            case .disabled:
                var disabled = account
                disabled.status = .disabled
                try transaction.update(disabled)
                try mails.reportRejection(by: account, at: time, in: transaction)
            case .reported: try transaction.noteEmailRejection(of: account.id, at: time)
            }
            return (account, outcome)
        }
        var disabled = account
        disabled.status = .disabled
        switch outcome {
        case .removed: context.note(account, became: nil, by: .link)
        case .disabled: context.note(account, became: disabled, by: .link)
        case .reported: break
        }
        return EmailRejection(accountID: account.id, role: account.role, outcome: outcome)
    }

    /// Cancels a change of address that waits to be confirmed; the account stays as it is.
    ///
    /// - Parameter token: Of the link that was sent to the other address, as it was sent.
    /// - Throws: `invalidInput` when it is missing; `invalidLink`, also for a link to the present
    ///   address; `unavailable`.
    public func cancelEmailChange(token: TextInput) throws(AuthError) {
        let hash = try hash(ofToken: token)
        let (email, present) = try context.emailLink(hash)
        guard email != present.email else { throw .invalidLink(nil) }
        let time = now()
        try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail, at: time)
            guard link.email != account.email else { throw .invalidLink(nil) }
            try transaction.settle(link, as: .cancelled, at: time)
        }
    }

    private func hash(ofToken token: TextInput) throws(AuthError) -> Digest {
        var objections: [InvalidInput] = []
        guard let text = token.required(as: "token", &objections) else {
            throw .invalidInput(objections)
        }
        return LinkToken.hash(of: text)
    }
}

extension Account {
    /// What is done when whoever reads its address says that it is not theirs.
    fileprivate var rejectionOutcome: EmailRejection.Outcome {
        if role.administers { return .reported }
        return emailVerifiedAt == nil && approvedAt == nil ? .removed : .disabled
    }
}
