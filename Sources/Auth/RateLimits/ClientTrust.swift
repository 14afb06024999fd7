import Crypto

/// What a client is to an account whose password it is about to show.
struct ClientTrust {
    /// By what the account knows it; nil for a stranger.
    let proof: FailedLogins.Proof?
    /// The account, where it knows the client.
    let account: UUID?

    /// The standing of a client.
    ///
    /// - Parameters:
    ///   - client: Where the request comes from.
    ///   - session: A live session that it shows.
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
