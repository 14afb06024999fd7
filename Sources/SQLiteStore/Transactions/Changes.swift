import Auth
import Crypto

/// What a transaction changed of the things that are also kept in memory.
struct Changes: Sendable {
    /// Sessions that are no longer live, under both their keys.
    var sessions: [Session.Key] = []
    /// Whether no session is live any more, too many perhaps to name them.
    var endsAllSessions = false
    /// Accounts that are not what they were.
    var accounts: [UUID] = []
    /// API keys that are no longer good.
    var apiKeys: [Digest] = []
    /// Whether a mail became due.
    var hasMail = false
    /// Accounts at which no failed login counts any more.
    var unlocked: [Email] = []
    /// The settings, if they were replaced.
    var settings: Settings?
    /// Whether there is an owner now, if that may have changed.
    var hasOwner: Bool?

    /// Adds what a later transaction changed.
    mutating func merge(_ later: Changes) {
        sessions += later.sessions
        endsAllSessions = endsAllSessions || later.endsAllSessions
        accounts += later.accounts
        apiKeys += later.apiKeys
        unlocked += later.unlocked
        hasMail = hasMail || later.hasMail
        settings = later.settings ?? settings
        hasOwner = later.hasOwner ?? hasOwner
    }
}
