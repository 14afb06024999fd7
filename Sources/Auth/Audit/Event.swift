public import Crypto

/// One thing that happened, as the record keeps it.
public struct Event: Sendable, Equatable {
    /// Its id, by which it is named elsewhere.
    public let id: UUID
    /// When its transaction ran.
    public let time: Timestamp
    /// What happened.
    public let kind: EventKind
    /// Who did it.
    public let actor: EventActor
    /// The account it is about; nil where it is about the server.
    public let subject: UUID?
    /// The session, key, factor or invitation it is about.
    public let object: UUID?
    /// Where the actor was: personal data of the actor.
    public let client: EventClient
    /// What changed: personal data of the subject.
    public let details: EventDetails

    /// Creates an event from its parts.
    public init(
        id: UUID, time: Timestamp, kind: EventKind, actor: EventActor, subject: UUID?,
        object: UUID?, client: EventClient, details: EventDetails
    ) {
        self.id = id
        self.time = time
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.object = object
        self.client = client
        self.details = details
    }
}
