extension FactorService {
    /// Gives the caller new recovery codes; the former ones are good for nothing from then on.
    ///
    /// - Parameters:
    ///   - caller: The signed-in caller, with a fresh proof.
    ///   - client: Where the request comes from.
    /// - Returns: The codes, which are shown once.
    /// - Throws: `reauthenticationRequired`; `noSecondFactor` for an account without one; `unauthenticated`
    ///   when session or account ended; `unavailable`.
    public func replaceRecoveryCodes(
        by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> [String] {
        let proof = try context.freshProof(of: caller, password: nil, from: client)
        let (codes, texts) = RecoveryCodes.new()
        let (vault, mail) = (vault, mail)
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(of: caller, provenBy: proof)
            guard try transaction.credentials(of: account.id).contains(where: \.kind.isFactor)
            else { throw .noSecondFactor }
            try transaction.replaceRecoveryCodes(of: account.id, by: codes, sealing: vault)
            try transaction.record(
                .recoveryCodesReplaced, of: account.id,
                [EventChange(.count, to: "\(codes.count)")])
            try transaction.endReliance(onFactorsOf: account.id)
            try transaction.announceRecoveryCodesReplaced(to: account, from: client, by: mail)
        }
        context.noteFactor(
            "recoveryCodes", of: caller.account.id, became: "replaced", by: caller.author)
        return texts
    }
}
