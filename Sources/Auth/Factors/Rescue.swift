public import Crypto

/// What helps the owner of an account who lost every factor: another person's decision, never a mail alone.
extension FactorService {
    /// Removes all factors of an account; its password, if it has one, stays.
    ///
    /// Sessions, trusted browsers and steps that were begun end, and the holder is told by mail.
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who decides.
    /// - Throws: `notFound`; `apiKeyNotAllowed` unless in person; `forbidden` for the owner and
    ///   administrators unless requested by the owner, and for the administrator's own account, whose factors
    ///   are removed one by one with a fresh proof; `reauthenticationRequired` in person; `noSecondFactor`;
    ///   `unauthenticated`, `forbidden` when the requester is no longer an administrator; `unavailable`.
    public func reset(of id: UUID, by administrator: Administrator) throws(AuthError) {
        let (mail, presence) = (mail, context.presence(of: administrator))
        let count = try store.write { transaction throws(AuthError) in
            let permission = try AdminPermission.of(administrator, in: transaction)
            try permission.requirePerson()
            guard let account = try transaction.credential(id)?.account else { throw .notFound }
            try permission.requireMayResetFactors(of: account)
            try transaction.require(presence)
            let count = try transaction.removeFactors(of: id)
            guard count > 0 else { throw .noSecondFactor }
            try transaction.endSessions(of: id, except: nil, because: .factorsReset)
            try transaction.endReliance(onFactorsOf: id)
            try transaction.announceFactorsReset(of: account, administrator.resetCause, by: mail)
            return count
        }
        context.noteFactor(
            "factors", of: id, "\(count)", became: "reset", by: administrator.author)
    }

    /// Removes all factors of an account, for the command line.
    ///
    /// - Returns: Whether an account has this email.
    /// - Throws: `noSecondFactor` when it has no factors; `unavailable`.
    public func reset(ofEmail email: String) throws(AuthError) -> Bool {
        guard let id = try context.accountID(email) else { return false }
        try reset(of: id, by: .commandLine)
        return true
    }
}

extension Administrator {
    fileprivate var resetCause: FactorsResetCause {
        switch self {
        case .caller: .administrator
        case .commandLine: .server
        }
    }
}

extension AdminPermission {
    /// Refuses the rescue of an account that the administrator may not rescue.
    ///
    /// - Throws: As `requirePower`; `forbidden` for the administrator's own account.
    fileprivate func requireMayResetFactors(of target: Account) throws(AuthError) {
        try requirePower(over: target)
        guard target.id != account?.id else { throw .forbidden(.ownAccount) }
    }
}
