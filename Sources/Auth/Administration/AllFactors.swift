import Crypto

extension Transaction {
    /// Removes the factors of all accounts: a backup was restored that no present secret key fits.
    ///
    /// The data key stays: with nothing left that it seals, the next factor replaces it.
    /// - Parameter writer: Writes a mail to each account; those without a confirmed address get none.
    /// - Returns: The number of accounts, and of mails that were queued.
    /// - Throws: `unavailable`.
    public func removeAllFactors(
        by writer: MailWriter
    ) throws(AuthError) -> (accounts: Int, mails: Int) {
        var counts = (accounts: 0, mails: 0)
        while let next = try credentials(after: nil, limit: 1).first {
            try removeFactors(of: next.accountID)
            try endReliance(onFactorsOf: next.accountID)
            guard let account = try credential(next.accountID)?.account else { continue }
            counts.accounts += 1
            counts.mails +=
                try announceFactorsReset(of: account, .restoredBackup, by: writer) ? 1 : 0
        }
        return counts
    }
}
