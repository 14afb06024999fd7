/// Notices of changes to what an account is proven with, sent by the transactions that make them.
///
/// All go to confirmed addresses only: to another one they would tell a stranger.
extension Transaction {
    /// Notifies the holder of an account of a new sign-in method.
    ///
    /// - Parameters:
    ///   - method: What was added.
    ///   - name: The name of a passkey; nil for none.
    ///   - account: The account.
    ///   - client: Where the request came from.
    ///   - mail: Writes the mail.
    /// - Throws: `unavailable`.
    func announceFactorAdded(
        _ method: SignInMethod, named name: String? = nil, to account: Account,
        from client: ClientContext, by mail: MailWriter
    ) throws(AuthError) {
        let method = Recipient(account).language.word(for: method, named: name)
        try notify(account, .factorAdded, ["method": method], of: client, by: mail)
    }

    /// Notifies the holder of an account that a sign-in method was removed; parameters as `announceFactorAdded`.
    ///
    /// - Throws: `unavailable`.
    func announceFactorRemoved(
        _ method: SignInMethod, named name: String? = nil, from account: Account,
        from client: ClientContext, by mail: MailWriter
    ) throws(AuthError) {
        let method = Recipient(account).language.word(for: method, named: name)
        try notify(account, .factorRemoved, ["method": method], of: client, by: mail)
    }

    /// Notifies the holder of an account that a recovery code was used.
    ///
    /// - Parameters:
    ///   - left: How many are left.
    ///   - account: The account.
    ///   - client: Where it was used.
    ///   - mail: Writes the mail. No sign-in fails because it cannot be written.
    /// - Throws: `unavailable`.
    func announceRecoveryCodeUsed(
        left: Int, to account: Account, from client: ClientContext, by mail: MailWriter
    ) throws(AuthError) {
        let notice = try? notice(
            .recoveryCodeUsed, to: account, ["left": "\(left)"], of: client, by: mail)
        try post(notice, by: mail)
    }

    /// Notifies the holder of an account of new recovery codes.
    ///
    /// Not sent for the codes that come with the first factor.
    /// - Throws: `unavailable`.
    func announceRecoveryCodesReplaced(
        to account: Account, from client: ClientContext, by mail: MailWriter
    ) throws(AuthError) {
        try notify(account, .recoveryCodesReplaced, [:], of: client, by: mail)
    }

    /// Notifies the holder of an account that all its factors were removed by another hand.
    ///
    /// - Returns: Whether a mail was queued.
    /// - Throws: `unavailable`.
    @discardableResult
    func announceFactorsReset(
        of account: Account, _ cause: FactorsResetCause, by mail: MailWriter
    ) throws(AuthError) -> Bool {
        let recipient = Recipient(account)
        let notice = try mail.mail(
            .factorsReset, to: recipient, of: account.id,
            [
                "name": account.salutation(at: account.email), "time": now.readable,
                "reason": recipient.language.reason(of: cause),
            ], at: now)
        let refusal = try post(notice, by: mail)
        return notice != nil && refusal == nil
    }

    private func notify(
        _ account: Account, _ kind: Mail.Kind, _ values: [String: String], of client: ClientContext,
        by mail: MailWriter
    ) throws(AuthError) {
        try post(try notice(kind, to: account, values, of: client, by: mail), by: mail)
    }

    private func notice(
        _ kind: Mail.Kind, to account: Account, _ values: [String: String],
        of client: ClientContext, by mail: MailWriter
    ) throws(AuthError) -> Mail? {
        let recipient = Recipient(account)
        let all = client.values(at: now, in: recipient.language).merging(values) { $1 }
            .merging(["name": account.salutation(at: account.email)]) { $1 }
        return try mail.mail(kind, to: recipient, of: account.id, all, at: now)
    }
}

/// Who removed all factors of an account.
enum FactorsResetCause: Sendable, CaseIterable {
    /// The owner or an administrator.
    case administrator
    /// The operator, at the command line.
    case server
    /// The operator restored a backup that `secret.key` does not fit.
    case restoredBackup
}
