import Crypto

/// What has to be done after a secret key was compromised.
extension AdministrationService {
    /// Ends the sessions of all accounts, whose tokens were signed with the old key, the steps that lead to one, and
    /// their trust in all browsers: who had the old key and the database could prove every factor.
    ///
    /// Sessions end in many transactions, each with an event: what ended stays so where this ends in between,
    /// and a further run ends the rest.
    /// - Returns: How many sessions were live.
    /// - Throws: `unavailable`.
    public func endAllSessions() throws(AuthError) -> Int {
        try store.write { transaction throws(AuthError) in
            try transaction.deleteAllChallenges()
            try transaction.endAllTrust()
        }
        var (count, last): (Int, UUID?) = (0, nil)
        repeat {
            let after = last
            let batch = try store.write { transaction throws(AuthError) in
                try transaction.endSessions(
                    after: after, limit: Self.sessionBatch, because: .secretReplaced)
            }
            (count, last) = (count + batch.live, batch.last)
        } while last != nil
        return count
    }

    /// Encrypts all mails of the outbox with the current key, including those that were given up.
    ///
    /// A mail that no present key decrypts is left as it is, and is given up when its delivery is due.
    /// - Parameter writer: Holds the keys, whether or not a transport is configured at the moment.
    /// - Returns: The number of mails encrypted.
    /// - Throws: `unavailable`.
    public func resealMails(by writer: MailWriter) throws(AuthError) -> Int {
        var (count, last): (Int, UUID?) = (0, nil)
        repeat {
            let after = last
            // Read and written in one transaction: a mail that is rewritten meanwhile keeps its new content.
            let batch = try store.write { transaction throws(AuthError) in
                let mails = try transaction.mails(after: after, limit: Self.batch)
                var sealed = 0
                for mail in mails {
                    guard let mail = try writer.resealed(mail) else { continue }
                    sealed += try transaction.updateMail(mail) ? 1 : 0
                }
                return (sealed, last: mails.last?.id)
            }
            (count, last) = (count + batch.0, batch.last)
        } while last != nil
        return count
    }

    /// Wraps the data key of factors under the current secret key; former ones are then needed no more.
    ///
    /// - Returns: Whether there is a data key.
    /// - Throws: `unavailable` when no present secret key opens it; nothing has changed then.
    public func rewrapFactors() throws(AuthError) -> Bool {
        let vault = vault
        return try store.write { transaction throws(AuthError) in
            try vault.rewrapDataKey(in: transaction)
        }
    }

    /// Makes a new data key and seals all factors again: who had the secret key had the data key.
    ///
    /// In many small transactions. From the first one on, what is sealed is sealed under the new key; the former
    /// one opens until the last one, which drops it. Where this ends in between, everything still opens, and a
    /// further run completes it.
    /// - Returns: The number of credentials sealed again.
    /// - Throws: `unavailable`, also when one does not open.
    public func resealFactors() throws(AuthError) -> Int {
        let vault = vault
        let hasKey = try store.write { transaction throws(AuthError) in
            try vault.addDataKey(in: transaction)
        }
        guard hasKey else { return 0 }
        var (count, pass) = (0, 0)
        repeat {
            pass = try resealedOnce(with: vault)
            count += pass
            // Once more, for what was written from an older copy meanwhile.
        } while pass > 0
        try store.write { transaction throws(AuthError) in
            try vault.removeFormerDataKeys(in: transaction)
        }
        return count
    }

    /// Records that the secret key was replaced.
    ///
    /// - Throws: `unavailable`.
    public func recordSecretRotation() throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try transaction.record(.secretRotated, of: nil)
        }
    }

    /// Wraps the keys of the record of events under the current secret key; former ones are then needed no
    /// more.
    ///
    /// - Returns: Whether there are keys.
    /// - Throws: `unavailable` when no present secret key opens them; nothing has changed then.
    public func rewrapAuditKeys() throws(AuthError) -> Bool {
        try store.write { transaction throws(AuthError) in
            try transaction.cause.recorder?.rewrapKeys(in: transaction) ?? false
        }
    }

    /// Makes new keys for the record of events: who had the secret key could forge events and checkpoints.
    ///
    /// Old events stay verifiable, and a checkpoint of the former key names the one that signs from now on.
    /// - Returns: Whether there were keys to replace.
    /// - Throws: As `rewrapAuditKeys`.
    public func replaceAuditKeys() throws(AuthError) -> Bool {
        _ = try LinkerService(context: context).linkBacklog()
        return try store.write { transaction throws(AuthError) in
            try transaction.cause.recorder?.replaceKeys(in: transaction) ?? false
        }
    }

    /// Goes through all credentials once, and seals those again that a former data key sealed.
    private func resealedOnce(with vault: FactorVault) throws(AuthError) -> Int {
        var (count, last): (Int, UUID?) = (0, nil)
        repeat {
            let after = last
            let batch = try store.write { transaction throws(AuthError) in
                let credentials = try transaction.credentials(after: after, limit: Self.batch)
                var sealed = 0
                for var credential in credentials {
                    guard let data = try vault.resealed(credential, in: transaction) else {
                        continue
                    }
                    credential.data = data
                    try transaction.update(credential)
                    sealed += 1
                }
                return (sealed, last: credentials.last?.id)
            }
            (count, last) = (count + batch.0, batch.last)
        } while last != nil
        return count
    }

    /// The most rows of one transaction, so that other writes are not delayed for long.
    private static let batch = 100
    /// As many sessions, which are only marked: some hundredths of a second.
    static let sessionBatch = 1_000
}
