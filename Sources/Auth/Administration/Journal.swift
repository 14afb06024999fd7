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

    /// Records a committed change of the settings.
    ///
    /// - Parameters:
    ///   - old: The settings before.
    ///   - new: The settings after.
    ///   - author: Who changed them.
    func note(
        _ old: Settings, became new: Settings, by author: AdministrativeChange.Author
    ) {
        for (before, after) in zip(old.values, new.values) where before.value != after.value {
            journal.changes.append(
                AdministrativeChange(
                    name: before.name, account: nil, old: before.value, new: after.value,
                    author: author))
        }
    }

    /// Records a committed change of what setup stores.
    ///
    /// - Parameters:
    ///   - old: The record before.
    ///   - new: The record after.
    ///   - author: Who changed it.
    func note(
        _ old: SetupRecord, became new: SetupRecord, by author: AdministrativeChange.Author
    ) {
        for (before, after) in zip(old.values, new.values) where before.value != after.value {
            journal.changes.append(
                AdministrativeChange(
                    name: before.name, account: nil, old: before.value ?? "-",
                    new: after.value ?? "-", author: author))
        }
    }
}

extension SetupRecord {
    /// Each setting with its name; the value is nil if it is not stored.
    fileprivate var values: [(name: String, value: String?)] {
        [
            ("websiteUrl", websiteURL?.description), ("migrationType", migrationType?.rawValue),
            ("retentionPeriod", retentionPeriod?.text),
        ]
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

extension Settings {
    /// Each setting with its name.
    fileprivate var values: [(name: String, value: String)] {
        [
            ("nativeSignin", "\(nativeSignin)"), ("register", "\(register)"),
            ("signup", "\(signup)"), ("approval", "\(approval)"),
            ("requireEmailVerification", "\(requireEmailVerification)"),
            ("siteName", siteName ?? "-"), ("siteAccent", siteAccent ?? "-"),
            ("siteSupport", siteSupport ?? "-"),
        ]
    }
}
