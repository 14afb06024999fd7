import Crypto

/// What is done about everything that a secret key vouched for, once it is in the wrong hands.
extension AdministrationService {
    /// Ends the sessions of everybody: their tokens were signed with the old key.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    public func endAllSessions() throws(AuthError) -> Int {
        try store.write { transaction throws(AuthError) in try transaction.endAllSessions() }
    }

    /// Seals all mails of the outbox with the current key, those too that were given up.
    ///
    /// What no present key opens stays as it is, and is given up when its turn comes.
    /// - Parameter writer: Has the keys, whether or not a transport is configured at the moment.
    /// - Returns: How many were sealed.
    /// - Throws: `unavailable`.
    public func resealMails(by writer: MailWriter) throws(AuthError) -> Int {
        var (count, last): (Int, UUID?) = (0, nil)
        repeat {
            let after = last
            // Read and written at once: a mail that is filled meanwhile keeps its new content.
            let batch = try store.write { transaction throws(AuthError) in
                let mails = try transaction.mails(after: after, limit: Self.batchOfMails)
                var sealed = 0
                for mail in mails {
                    guard let mail = try writer.resealed(mail) else { continue }
                    sealed += try transaction.refill(mail) ? 1 : 0
                }
                return (sealed, last: mails.last?.id)
            }
            (count, last) = (count + batch.0, batch.last)
        } while last != nil
        return count
    }

    /// The most mails of one transaction, so that other writes have their turn.
    private static let batchOfMails = 100
}
