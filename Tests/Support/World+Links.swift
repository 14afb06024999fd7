public import Auth
import Crypto

extension World {
    /// Adds a link token, which replaces one of the same purpose, without effect on counters.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - purpose: Its purpose.
    ///   - email: The email of the account.
    ///   - address: The address that it proves; nil for the account's own.
    /// - Throws: When no account has this email.
    public func addLink(
        _ text: String, _ purpose: LinkToken.Purpose, of email: String,
        proving address: String? = nil
    ) throws {
        guard let account = account(email) else { throw AuthError.invalidCredentials }
        let now = clock.now
        let token = LinkToken(
            hash: LinkToken.hash(of: text), purpose: purpose, accountID: account.id,
            email: address.flatMap(Email.init) ?? account.email, createdAt: now,
            expiresAt: now.adding(seconds: purpose.lifetime))
        store.change { memory in
            memory.linkTokens.removeAll { $0.accountID == account.id && $0.purpose == purpose }
            memory.linkTokens.append(token)
        }
    }

    /// Delivers the mails in the outbox, like the daemon.
    ///
    /// - Parameter service: Prepares each mail.
    /// - Returns: The delivered mails, oldest first.
    /// - Throws: `AuthError.unavailable`.
    public func deliver(
        by service: AuthService
    ) throws -> [ReadMail] {
        var sent: [ReadMail] = []
        for queued in store.memory.mails where queued.nextAttemptAt != nil {
            guard case .send(let content) = try service.outbox.prepare(queued) else { continue }
            sent.append(ReadMail(queued.mail, content))
            store.change { $0.mails.removeAll { $0.mail.id == queued.mail.id } }
        }
        return sent
    }
}
