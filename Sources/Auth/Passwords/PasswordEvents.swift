import Crypto

/// What the record says of passwords: whether there is one, never what it is.
extension Transaction {
    /// Records what is about to become of the password of an account.
    ///
    /// - Parameters:
    ///   - kind: `passwordChanged`, `passwordReset` or `passwordRemoved`.
    ///   - accountID: The account.
    ///   - session: The session in which it is done; nil for none.
    ///   - others: What ends with it and is no event of its own.
    /// - Throws: `unavailable`.
    func recordPassword(
        _ kind: EventKind, of accountID: UUID, in session: UUID? = nil,
        _ others: [EventChange] = []
    ) throws(AuthError) {
        let hasPassword = try credential(accountID)?.hasPassword == true
        let change = EventChange(
            .password, from: hasPassword ? "set" : nil,
            to: kind == .passwordRemoved ? nil : "set")
        try record(kind, of: accountID, object: session, [change] + others)
    }
}

extension EndedAccess {
    /// What a reset ended that is no event of its own.
    var changes: [EventChange] {
        let counts: [(EventChange.Name, Int)] = [(.links, links), (.invitations, invitations)]
        return counts.compactMap { name, count in
            count > 0 ? EventChange(name, from: "\(count)", to: "0") : nil
        }
    }
}
