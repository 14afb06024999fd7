/// What a client is to an account whose password it is about to show.
struct Standing {
    /// By what the account knows it; nil for a stranger.
    let proof: FailedLogins.Proof?
    /// With whom it shares its places in the line for derivations.
    let party: Throttle.Party

    /// The standing of a client.
    ///
    /// - Parameters:
    ///   - client: Where the request comes from.
    ///   - session: A live session that it shows.
    ///   - credential: The account; nil when there is none.
    init(of client: ClientContext, in session: Session?, before credential: Credential?) {
        guard let credential else {
            (proof, party) = (nil, .network(client.network))
            return
        }
        if let device = client.device, device.isTrusted(for: credential) {
            proof = .device(device.id)
            party = .devices(of: credential.account.id, in: client.network)
        } else {
            let isOwn = session?.accountID == credential.account.id
            proof = isOwn ? session.map { .session($0.id) } : nil
            party = .network(client.network)
        }
    }

    /// Whether it is a device that the account knows.
    var isKnownDevice: Bool {
        if case .device = proof { true } else { false }
    }
}
