/// Why a request was refused, as far as stored credentials and the record of events tell it.
public enum Explanation: Sendable, Equatable {
    /// The reason of the refusal says all that is known.
    case reasonAlone
    /// Something happened before, which is on record.
    case event(DecisiveEvent)
    /// The credential was ended, and no event says by whom: they are purged, or older than the record.
    case ended(CredentialKind, at: Timestamp)
    /// The credential had expired.
    case expired(CredentialKind, at: Timestamp)
    /// The session was not used for too long.
    case unused
    /// Nothing is kept of the credential: it was never issued, or is long gone.
    case unknown(CredentialKind)
    /// The token was issued by a clock that is this many seconds ahead of the server's.
    case clockAhead(seconds: Int64)
    /// The limit allows the next request at this time.
    case limited(until: Timestamp)
}

/// What a request is authenticated by.
public enum CredentialKind: String, Sendable, CaseIterable {
    /// A session, by cookie or token.
    case session
    /// An API key.
    case apiKey
    /// A token of a session.
    case token
}

extension Event {
    /// Why it ended sessions; nil where it ended none, or once that is erased.
    public var endReason: SessionEndReason? {
        details.changes.first { $0.name == "reason" }?.new.flatMap(SessionEndReason.init(rawValue:))
    }
}

/// An event that led to the refusal of later requests.
public struct DecisiveEvent: Sendable, Equatable {
    /// The event.
    public let event: Event
    /// The email of the account that acted; nil where none did, or where it is gone.
    public let actorEmail: Email?

    /// Creates one from its parts.
    public init(_ event: Event, actorEmail: Email?) {
        self.event = event
        self.actorEmail = actorEmail
    }
}
