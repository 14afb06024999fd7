public import Crypto

/// Who did what an event reports.
public enum EventActor: Sendable, Equatable {
    /// A person, signed in or by the proof that the event is about.
    case account(UUID)
    /// A program with an API key.
    case apiKey(UUID, of: UUID)
    /// The holder of a mailed link.
    case link
    /// The operator at the command line, by the name of the system's user.
    case commandLine(user: String)
    /// The server by itself, as when it purges.
    case server
    /// A client that proved nothing.
    case client
}

extension Caller {
    /// The caller as the actor of an event.
    var actor: EventActor {
        switch means {
        case .session: .account(account.id)
        case .apiKey(let key): .apiKey(key.id, of: account.id)
        }
    }
}

extension EventActor {
    /// Its name in the record: `account`, `key`, `link`, `command`, `server` or `client`.
    public var kind: String {
        switch self {
        case .account: "account"
        case .apiKey: "key"
        case .link: "link"
        case .commandLine: "command"
        case .server: "server"
        case .client: "client"
        }
    }

    /// The account that acted; nil where none did.
    public var account: UUID? {
        switch self {
        case .account(let id), .apiKey(_, of: let id): id
        case .link, .commandLine, .server, .client: nil
        }
    }
}
