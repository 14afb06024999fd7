import Crypto

extension FactorService {
    /// Leaves the caller's account with passkeys alone.
    ///
    /// All other sessions and trusted browsers end, as with a new password.
    /// - Parameters:
    ///   - caller: The signed-in caller, with a fresh proof.
    ///   - client: Where the request comes from.
    /// - Throws: `reauthenticationRequired`; `passkeysUnavailable`; `lastSignInMethod` without a passkey that
    ///   verified its user when it was added; `notFound` for an account without a password; `unauthenticated`
    ///   when session or account ended; `unavailable`.
    public func removePassword(by caller: Caller, from client: ClientContext) throws(AuthError) {
        _ = try context.requirePasskeys()
        let proof = try context.freshProof(of: caller, password: nil, from: client)
        let (vault, mail) = (vault, mail)
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(of: caller, provenBy: proof)
            guard try transaction.credential(account.id)?.hasPassword == true else {
                throw .notFound
            }
            let passkeys = try transaction.passkeys(
                among: transaction.credentials(of: account.id), opening: vault)
            guard passkeys.contains(where: \.canVerifyUser) else { throw .lastSignInMethod }
            try transaction.removePassword(of: account, keeping: caller.session?.id)
            try transaction.announceFactorRemoved(
                .password, from: account, from: client, by: mail)
        }
        context.noteFactor("password", of: caller.account.id, became: "removed", by: caller.author)
    }
}

extension Transaction {
    /// Removes the password of an account, which ends what a new password would end.
    fileprivate func removePassword(of account: Account, keeping kept: UUID?) throws(AuthError) {
        try recordPassword(.passwordRemoved, of: account.id, in: kept)
        try deletePassword(of: account.id)
        try endSessions(of: account.id, except: kept, because: .passwordRemoved)
        try deleteLinkToken(of: account.id, for: .resetPassword, exceptProving: nil)
        try deleteLinkToken(of: account.id, for: .verifyEmail, exceptProving: account.email)
        if account.role == .owner { try deleteLinkTokens(for: .decide) }
        try endReliance(onFactorsOf: account.id)
    }
}
