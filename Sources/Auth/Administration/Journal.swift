public import Crypto

/// What the verbs of one request leave for the log, and for nothing else: no answer depends on it.
public struct Journal: Sendable {
    /// Whose request it was, or whose password was tried; nil where no account came to light.
    public internal(set) var account: UUID?
    /// What was changed about accounts and settings, each after it was committed.
    public internal(set) var changes: [AdministrativeChange] = []
}

/// One thing that was changed about an account or the server, for the log.
public struct AdministrativeChange: Sendable, Equatable {
    /// `role`, `tier`, `status`, or the name of a setting.
    public let name: String
    /// Whose; nil for a setting.
    public let account: UUID?
    /// What it was.
    public let old: String
    /// What it is.
    public let new: String
    /// Who changed it.
    public let author: Author

    /// A change from its parts.
    public init(name: String, account: UUID?, old: String, new: String, author: Author) {
        self.name = name
        self.account = account
        self.old = old
        self.new = new
        self.author = author
    }

    /// Who changes something.
    public enum Author: Sendable, Equatable {
        /// A person who is signed in.
        case account(UUID)
        /// A program with an API key.
        case apiKey(UUID, of: UUID)
        /// Whoever has the link of a mail: of the one that asked the owner to decide, or of the one that
        /// asked whether an account is the reader's.
        case link
        /// The operator at the command line.
        case commandLine
    }
}

extension AuthService {
    /// What the verbs since the last call left for the log.
    public func takeJournal() -> Journal {
        defer { context.journal = Journal() }
        return context.journal
    }
}

extension AuthContext {
    /// Takes note of a change of an account that was committed; what is as it was is left out.
    ///
    /// - Parameters:
    ///   - old: The account as it was.
    ///   - new: As it is; nil for one that was deleted.
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

    /// Takes note of a change of settings that was committed.
    ///
    /// - Parameters:
    ///   - old: The settings as they were.
    ///   - new: As they are.
    ///   - author: Who changed them.
    func note(
        _ old: Settings, became new: Settings, by author: AdministrativeChange.Author
    ) {
        for (before, after) in zip(old.values, new.values) where before.value != after.value {
            journal.changes.append(
                AdministrativeChange(
                    name: before.name, account: nil, old: "\(before.value)", new: "\(after.value)",
                    author: author))
        }
    }

    /// Takes note of a change of what setup stores that was committed.
    ///
    /// - Parameters:
    ///   - old: The record as it was.
    ///   - new: As it is.
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
    /// Each setting with its name; nil for what is not stored.
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
    fileprivate var values: [(name: String, value: Bool)] {
        [
            ("nativeSignin", nativeSignin), ("register", register), ("signup", signup),
            ("approval", approval), ("requireEmailVerification", requireEmailVerification),
        ]
    }
}
