import Crypto

/// Whether accounts created by the operator have confirmed addresses.
extension AdministrationService {
    /// Whether notices to the owner are withheld.
    ///
    /// - Throws: `unavailable`.
    public func holdsBackOwnersNotices() throws(AuthError) -> Bool {
        try !context.ownerWithoutNotices().isEmpty
    }
}

extension AuthContext {
    /// An account as the operator creates it: if no mail can be sent, its address counts as confirmed,
    /// since nothing could ever confirm it.
    func operatorsAccount(_ account: Account) -> Account {
        guard !mail.isEnabled else { return account }
        var account = account
        account.emailVerifiedAt = account.createdAt
        return account
    }

    /// The mail that asks an operator's account to confirm its address; nil if none is needed.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - website: The origin of the link, if not the present public origin.
    /// - Returns: The mail, with its token.
    /// - Throws: `unavailable`.
    func unprovenVerification(
        of account: Account, on website: Origin? = nil
    ) throws(AuthError) -> Verification? {
        guard account.emailVerifiedAt == nil else { return nil }
        return try verification(by: .verify, of: account, on: website)
    }

    /// The owner, while notices are withheld because the owner's address is unconfirmed.
    ///
    /// - Returns: No more than one id.
    /// - Throws: `unavailable`.
    func ownerWithoutNotices() throws(AuthError) -> [UUID] {
        guard mail.isEnabled, let owner = try owner(), owner.emailVerifiedAt == nil else {
            return []
        }
        return [owner.id]
    }

    /// The owner; nil before the server is set up.
    ///
    /// - Throws: `unavailable`.
    func owner() throws(AuthError) -> Account? {
        try store.accounts(matching: AccountQuery(role: .owner), PageRequest(limit: 1)).items.first
    }
}
