import Crypto

/// Whether those whom the operator makes have proven to read their addresses.
extension AdministrationService {
    /// Whether notices to the owner are held back.
    ///
    /// - Throws: `unavailable`.
    public func holdsBackOwnersNotices() throws(AuthError) -> Bool {
        try !context.ownerWithoutNotices().isEmpty
    }
}

extension AuthContext {
    /// An account as the operator of the server makes it: where no mail can be sent, its address counts
    /// as confirmed, since nothing ever could confirm it.
    func operatorsAccount(_ account: Account) -> Account {
        guard !mail.isEnabled else { return account }
        var account = account
        account.emailVerifiedAt = account.createdAt
        return account
    }

    /// The mail that has an operator's account confirm its address; nil where that is not needed.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - website: Where its link leads, if not to the present public origin.
    /// - Returns: The mail, with its token.
    /// - Throws: `unavailable`.
    func unprovenVerification(
        of account: Account, on website: Origin? = nil
    ) throws(AuthError) -> Verification? {
        guard account.emailVerifiedAt == nil else { return nil }
        return try verification(by: .verify, of: account, on: website)
    }

    /// The owner, while notices are held back because nobody has confirmed the owner's address.
    ///
    /// - Returns: No more than one id.
    /// - Throws: `unavailable`.
    func ownerWithoutNotices() throws(AuthError) -> [UUID] {
        guard mail.isEnabled else { return [] }
        let owners = try store.accounts(
            matching: AccountQuery(role: .owner), PageRequest(limit: 1))
        return owners.items.filter { $0.emailVerifiedAt == nil }.map(\.id)
    }
}
