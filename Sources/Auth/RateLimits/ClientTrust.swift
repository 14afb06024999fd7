import Crypto

/// Whether an account knows the client that is about to enter its password.
struct ClientTrust {
    /// What makes the client known to the account; nil for a stranger.
    let proof: FailedLogins.Proof?
    /// The account, if it knows the client.
    let account: UUID?

    /// Determines the trust in a client.
    ///
    /// - Parameters:
    ///   - client: Where the request comes from.
    ///   - session: A live session of the request.
    ///   - credential: The account; nil when there is none.
    init(of client: ClientContext, in session: Session?, before credential: AccountCredential?) {
        let device = client.device.flatMap { device in
            credential.flatMap { device.isTrusted(for: $0) ? device : nil }
        }
        let own = session.flatMap { $0.accountID == credential?.account.id ? $0 : nil }
        proof = device.map { .device($0.id) } ?? own.map { .session($0.id) }
        account = proof == nil ? nil : credential?.account.id
    }
}
