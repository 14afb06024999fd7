extension AdministrationService {
    /// Transfers ownership to another account.
    ///
    /// The former owner becomes an administrator, and both are notified.
    ///
    /// Only the operator can do this: a stolen session or key must not be enough to take over the server.
    /// What depended on the former owner's role ends: approval links, which are in the former owner's
    /// mailbox, become invalid, and invitations are paused until an administrator resumes them.
    /// - Parameter email: The email of the new owner.
    /// - Returns: The new owner; nil when no account has this email.
    /// - Throws: `pendingApproval`, `accountDisabled` for an account that cannot sign in; `unavailable`.
    public func handOver(to email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        let writer = mail
        let (former, old, heir) = try store.write { transaction throws(AuthError) in
            guard let old = try transaction.credential(id)?.account else { throw .notFound }
            switch old.status {
            case .active: break
            case .pending: throw .pendingApproval
            case .disabled: throw .accountDisabled
            }
            guard old.role != .owner else { return (Account?.none, old, old) }
            // The former owner is demoted first: there are never two owners.
            let former = try transaction.owner()
            if var former {
                former.role = .admin
                try transaction.change(former)
                try transaction.pauseInvites(madeBy: former.id)
            }
            var heir = old
            heir.role = .owner
            try transaction.change(heir)
            try transaction.record(
                .ownershipTransferred, of: heir.id,
                [EventChange(.owner, from: former.map { "\($0.id)" }, to: "\(heir.id)")])
            try transaction.deleteLinkTokens(for: .decide)
            for account in [former, heir].compactMap(\.self) {
                var values = [
                    "name": account.salutation(at: account.email), "newOwner": heir.email.address,
                ]
                values["formerOwner"] = former?.email.address
                let notice = try writer.mail(
                    .ownerChanged, to: Recipient(account), of: account.id, values,
                    at: transaction.now)
                try transaction.post(notice, by: writer)
            }
            return (former, old, heir)
        }
        if let former {
            var administrator = former
            administrator.role = .admin
            context.note(former, became: administrator, by: .commandLine)
        }
        context.note(old, became: heir, by: .commandLine)
        return heir
    }
}
