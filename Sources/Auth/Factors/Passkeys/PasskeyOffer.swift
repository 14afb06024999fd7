import Crypto

extension AuthContext {
    /// Whether a passkey is to be offered after a sign-in with the password: once a browser, at the first
    /// sign-in in it, to an account that has none.
    ///
    /// - Parameters:
    ///   - accountID: The account that signed in.
    ///   - client: The client, with the device cookie that it sent.
    /// - Returns: Whether it is.
    /// - Throws: `unavailable`.
    func mayOfferPasskey(
        to accountID: UUID, in client: ClientContext
    ) throws(AuthError) -> Bool {
        guard offersPasskeys, client.device?.accountID != accountID else { return false }
        return try !store.credentials(of: accountID).contains { $0.kind == .passkey }
    }
}
