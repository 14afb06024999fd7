/// Who and what makes a thread write at the moment: what the events of its transactions say of it, and what
/// records them.
///
/// Set once for each request or command, and completed when the caller is authenticated.
public struct Cause: Sendable {
    /// Who acts, as far as it is known.
    public var actor: EventActor
    /// The address of the client; nil for a process on this machine.
    public var address: String?
    /// The User-Agent of the client.
    public var agent: String?
    /// Makes the events; nil for a store that no service uses, whose transactions cannot record.
    let recorder: EventRecorder?

    /// Creates a cause.
    init(
        actor: EventActor, address: String? = nil, agent: String? = nil,
        recorder: EventRecorder? = nil
    ) {
        self.actor = actor
        self.recorder = recorder
        self.address = address
        self.agent = agent
    }

    /// Turns to another request or command.
    mutating func begin(_ actor: EventActor, address: String?, agent: String?) {
        self.actor = actor
        self.address = address
        self.agent = agent
    }

    /// What an operator does outside of a service, as when a backup is restored.
    ///
    /// - Parameters:
    ///   - user: The name of the system's user.
    ///   - recorder: Makes the events.
    /// - Returns: The cause.
    public static func operated(by user: String, recorder: EventRecorder) -> Cause {
        Cause(actor: .commandLine(user: user), recorder: recorder)
    }

    /// The server by itself, before a service is there.
    public static let server = Cause(actor: .server)
}

extension AuthContext {
    /// Names who acts, once a proof in the request has shown it that no access rule checks: a password, a
    /// link.
    func acts(as actor: EventActor) {
        store.cause.actor = actor
    }

    /// Names the reader of a mailbox who wants no account: where that person is stays out of the record.
    ///
    /// The account that named the mailbox would see it, and no deletion of an account would erase it.
    func actsForReaderOfMailbox() {
        store.cause.begin(.link, address: nil, agent: nil)
    }
}
