public import Crypto

/// The result of a report that an account's address belongs to another person.
public struct EmailRejection: Sendable, Equatable {
    /// The account.
    public let accountID: UUID
    /// Its role.
    public let role: Account.Role
    /// What was done.
    public let outcome: Outcome

    /// What happens to such an account.
    public enum Outcome: String, Sendable {
        /// It is deleted: its address was never confirmed, and no administrator approved it.
        case removed
        /// It is disabled, and the owner is notified.
        case disabled
        /// It is only reported to the operator: a stranger's report must not lock an administrator out.
        case reported
    }
}

extension EmailService {
    /// Handles the report, by the reader of an account's present address, that the account is not theirs.
    ///
    /// - Parameter token: The token of a link to confirm that address, as submitted; single-use.
    /// - Returns: What was done.
    /// - Throws: `invalidInput` when it is missing; `invalidLink`, also for a link that confirms a change
    ///   of address; `unavailable`.
    public func rejectEmail(token: TextInput) throws(AuthError) -> EmailRejection {
        let hash = try hash(ofToken: token)
        let (email, present) = try context.emailLink(hash)
        guard email == present.email else { throw .invalidLink(nil) }
        let mails = context.accountMails
        context.actsForReaderOfMailbox()
        let (account, outcome) = try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail)
            guard link.email == account.email else { throw .invalidLink(nil) }
            try transaction.settle(link, as: .rejected)
            let outcome = account.rejectionOutcome
            try transaction.recordRejection(
                of: email, at: account.id, outcome.rawValue)
            switch outcome {
            case .removed: try transaction.eraseAccount(account.id)
            case .disabled:
                var disabled = account
                disabled.status = .disabled
                try transaction.change(disabled)
                try mails.reportRejection(by: account, in: transaction)
            case .reported:
                try transaction.updateEmailRejection(of: account.id, at: transaction.now)
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

    /// Cancels a pending change of address; the account is unchanged.
    ///
    /// - Parameter token: The token of the link sent to the new address, as submitted.
    /// - Throws: `invalidInput` when it is missing; `invalidLink`, also for a link to the present
    ///   address; `unavailable`.
    public func cancelEmailChange(token: TextInput) throws(AuthError) {
        let hash = try hash(ofToken: token)
        let (email, present) = try context.emailLink(hash)
        guard email != present.email else { throw .invalidLink(nil) }
        context.actsForReaderOfMailbox()
        try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: hash, for: .verifyEmail)
            guard link.email != account.email else { throw .invalidLink(nil) }
            try transaction.settle(link, as: .cancelled)
            try transaction.recordRejection(
                of: email, at: account.id, SettledLink.Outcome.cancelled.rawValue)
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
    /// What happens when the reader of its address reports that the account is not theirs.
    fileprivate var rejectionOutcome: EmailRejection.Outcome {
        if role.administers { return .reported }
        return emailVerifiedAt == nil && approvedAt == nil ? .removed : .disabled
    }
}

extension Transaction {
    /// Records that the reader of an address wants no account to have it.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - accountID: The account that has it, or was to have it.
    ///   - outcome: What is done.
    /// - Throws: `unavailable`.
    fileprivate func recordRejection(
        of email: Email, at accountID: UUID, _ outcome: String
    ) throws(AuthError) {
        try record(
            .emailRejected, of: accountID,
            [EventChange(.email, to: email.address), EventChange(.outcome, to: outcome)])
    }
}
