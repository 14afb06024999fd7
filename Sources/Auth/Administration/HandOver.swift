extension AdministrationService {
    /// Makes another account the owner's.
    ///
    /// The former owner becomes an administrator, and both are told.
    ///
    /// Only the operator can: a session or a key that was stolen must not give the server away. What
    /// the former owner did with that right ends: links that let the owner decide, which are in the
    /// former owner's mailbox, and invitations are paused until an administrator lets them go on.
    /// - Parameter email: Of the new owner.
    /// - Returns: The new owner; nil when nobody has this email.
    /// - Throws: `pendingApproval`, `accountDisabled` for one that cannot sign in; `unavailable`.
    public func handOver(to email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        let (writer, time) = (mail, now())
        let (former, old, heir) = try store.write { transaction throws(AuthError) in
            guard let old = try transaction.credential(id)?.account else { throw .notFound }
            switch old.status {
            case .active: break
            case .pending: throw .pendingApproval
            case .disabled: throw .accountDisabled
            }
            guard old.role != .owner else { return (Account?.none, old, old) }
            // First the one gives up the role: there are never two.
            let former = try transaction.owner()
            if var former {
                former.role = .admin
                try transaction.update(former)
                try transaction.pauseInvites(of: former.id)
            }
            var heir = old
            heir.role = .owner
            try transaction.update(heir)
            try transaction.removeLinkTokens(for: .decide)
            for account in [former, heir].compactMap(\.self) {
                var values = [
                    "name": account.salutation(at: account.email), "newOwner": heir.email.address,
                ]
                values["formerOwner"] = former?.email.address
                let notice = try writer.mail(
                    .ownerChanged, to: Recipient(account), of: account.id, values, at: time)
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
