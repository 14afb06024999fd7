import Crypto

/// What has to be done after a secret key was compromised.
extension AdministrationService {
    /// Ends the sessions of all accounts: their tokens were signed with the old key.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    public func endAllSessions() throws(AuthError) -> Int {
        try store.write { transaction throws(AuthError) in try transaction.endAllSessions() }
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
                let mails = try transaction.mails(after: after, limit: Self.batchOfMails)
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

    /// The most mails of one transaction, so that other writes are not delayed for long.
    private static let batchOfMails = 100
}
