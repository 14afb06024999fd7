/// Who and what makes a thread write at the moment: what the events of its transactions say of it.
///
/// Set once for each request or command, and completed when the caller is authenticated.
public struct Cause: Sendable, Equatable {
    /// Who acts, as far as it is known.
    public var actor: EventActor
    /// The address of the client; nil for a process on this machine.
    public var address: String?
    /// The User-Agent of the client.
    public var agent: String?

    /// Creates a cause.
    public init(actor: EventActor, address: String? = nil, agent: String? = nil) {
        self.actor = actor
        self.address = address
        self.agent = agent
    }

    /// The server by itself.
    public static let server = Cause(actor: .server)
}
