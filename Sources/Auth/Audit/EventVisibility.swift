import Crypto

extension Event {
    /// What the holder of an account may see of the event: of other accounts neither where they were nor
    /// what changed of them, and of the operator not the name of the system's user.
    ///
    /// A client that proved nothing, such as one that failed to sign in, is shown to the account that it
    /// tried: *this was not me* needs its address.
    func seen(by accountID: UUID) -> Event {
        let isOwnClient =
            actor.account.map { $0 == accountID } ?? (subject == accountID)
        let isOwnChange = subject.map { $0 == accountID } ?? isOwnClient
        var actor = actor
        if case .commandLine = actor { actor = .commandLine(user: "") }
        return Event(
            id: id, time: time, kind: kind, actor: actor, subject: subject, object: object,
            client: isOwnClient ? client : EventClient(client.data.erased),
            details: isOwnChange ? details : EventDetails(details.data.erased))
    }
}
