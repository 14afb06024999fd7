public import Crypto

/// What the operations of one request leave for the log; no response depends on it.
public struct Journal: Sendable {
    /// The account that sent the request or whose password was tried; nil if none was identified.
    public internal(set) var account: UUID?
    /// The changes of accounts and settings, each recorded after it was committed.
    public internal(set) var changes: [AdministrativeChange] = []
}

/// A change of an account or of the server, for the log.
public struct AdministrativeChange: Sendable, Equatable {
    /// `role`, `tier`, `status`, `session`, `sessions`, `apiKey`, `apiKeys`, `totp`, `recoveryCodes`,
    /// `passkey`, `password`, `factors`, or the name of a setting.
    public let name: String
    /// The account; nil for a setting.
    public let account: UUID?
    /// The previous value; the id of a session, key or passkey, or how many there were.
    public let old: String
    /// The new value.
    public let new: String
    /// Who changed it.
    public let author: Author

    /// Creates a change from its parts.
    public init(name: String, account: UUID?, old: String, new: String, author: Author) {
        self.name = name
        self.account = account
        self.old = old
        self.new = new
        self.author = author
    }

    /// Who makes a change.
    public enum Author: Sendable, Equatable {
        /// A signed-in person.
        case account(UUID)
        /// A program with an API key.
        case apiKey(UUID, of: UUID)
        /// The holder of a mailed link: one that asks the owner to approve an account, or one that asks
        /// whether an account is the reader's.
        case link
        /// The operator at the command line.
        case commandLine
    }
}

extension AuthService {
    /// Returns and clears what the operations since the last call left for the log.
    public func takeJournal() -> Journal {
        defer { context.journal = Journal() }
        return context.journal
    }
}

extension AuthContext {
    /// Records a committed change of an account; unchanged values are left out.
    ///
    /// - Parameters:
    ///   - old: The account before.
    ///   - new: The account after; nil if it was deleted.
    ///   - author: Who changed it.
    func note(
        _ old: Account, became new: Account?, by author: AdministrativeChange.Author
    ) {
        let values = [
            ("role", old.role.rawValue, new?.role.rawValue ?? old.role.rawValue),
            ("tier", old.tier.rawValue, new?.tier.rawValue ?? old.tier.rawValue),
            ("status", old.status.rawValue, new?.status.rawValue ?? "deleted"),
        ]
        for (name, before, after) in values where before != after {
            journal.changes.append(
                AdministrativeChange(
                    name: name, account: old.id, old: before, new: after, author: author))
        }
    }

    /// Records committed changes of settings.
    ///
    /// - Parameters:
    ///   - changes: What the events of the change say, too.
    ///   - author: Who changed them.
    func note(_ changes: [EventChange], by author: AdministrativeChange.Author) {
        journal.changes += changes.map { change in
            AdministrativeChange(
                name: change.name, account: nil, old: change.old ?? "-", new: change.new ?? "-",
                author: author)
        }
    }
}

extension Caller {
    /// The caller as the author of a change.
    var author: AdministrativeChange.Author {
        switch means {
        case .session: .account(account.id)
        case .apiKey(let key): .apiKey(key.id, of: account.id)
        }
    }
}

extension Administrator {
    /// The administrator as the author of a change.
    var author: AdministrativeChange.Author {
        switch self {
        case .caller(let caller): caller.author
        case .commandLine: .commandLine
        }
    }
}
