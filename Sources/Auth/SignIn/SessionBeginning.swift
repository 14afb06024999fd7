import Crypto

/// Begins the session of a sign-in whose proofs are complete.
///
/// Made before the transaction, which may run more than once: all its runs make the same session.
struct SessionBeginning: Sendable {
    private let new: NewSession
    private let client: SignInClient
    private let mail: MailWriter
    private let idleLimit: IdleLimit?

    fileprivate init(_ context: AuthContext, of accountID: UUID, by client: SignInClient) {
        new = context.newSession(of: accountID)
        self.client = client
        mail = context.mail
        idleLimit = context.rules.idleLimit
    }

    /// Stores the session, and notifies the holder of the account if the device is a new one.
    ///
    /// The session replaces a live one of the account in the same browser.
    /// - Parameters:
    ///   - account: The account as the transaction sees it.
    ///   - methods: How the person was authenticated.
    ///   - hasFactor: Whether a second factor was proven.
    ///   - transaction: Consumes what led to the session, too.
    /// - Returns: The session as it was stored.
    /// - Throws: `unavailable`.
    func begin(
        for account: Account, by methods: AuthenticationMethods, hasFactor: Bool = false,
        in transaction: any Transaction
    ) throws(AuthError) -> NewSession {
        let proven = new.proven(by: methods, hasFactor: hasFactor)
        try transaction.announceNewDevice(of: client.client, to: account, by: mail)
        try transaction.begin(
            proven.session, from: client.client,
            replacing: client.sessionCookie.flatMap(AuthContext.hash(ofCookie:))
                .map(Session.Key.tokenHash),
            idleLimit: idleLimit)
        return proven
    }
}

extension AuthContext {
    /// The session that a client is about to begin.
    func beginning(of accountID: UUID, by client: SignInClient) -> SessionBeginning {
        SessionBeginning(self, of: accountID, by: client)
    }
}
