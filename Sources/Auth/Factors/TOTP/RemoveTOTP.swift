extension FactorService {
    /// Removes the authenticator app of the caller.
    ///
    /// - Parameters:
    ///   - caller: The signed-in caller, with a fresh proof by a factor.
    ///   - client: Where the request comes from.
    /// - Throws: `reauthenticationRequired`; `noSecondFactor` for an account without an app;
    ///   `unauthenticated` when session or account ended; `unavailable`.
    public func removeTOTP(by caller: Caller, from client: ClientContext) throws(AuthError) {
        let proof = try context.freshProof(of: caller, password: nil, from: client)
        let mail = mail
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(of: caller, provenBy: proof)
            let found = try transaction.credentials(of: account.id).first { $0.kind == .totp }
            guard let found else { throw .noSecondFactor }
            try transaction.removeFactor(found, from: account, from: client, mail: mail)
        }
        context.noteFactor("totp", of: caller.account.id, became: "removed", by: caller.author)
    }
}
