package import Auth
package import Crypto

/// What a transaction changed of the values that are also kept in memory.
package struct Changes: Sendable {
    /// Sessions that ended or changed, under both their keys.
    package var sessions: [Session.Key] = []
    /// Whether every session ended: there may be too many to list.
    package var endsAllSessions = false
    /// Accounts that changed or were deleted.
    package var accounts: [UUID] = []
    /// API keys that were revoked or deleted.
    package var apiKeys: [Digest] = []
    /// Whether a mail became due.
    package var hasMail = false
    /// Accounts whose failed logins are forgotten.
    package var unlocked: [Email] = []
    /// The settings, if they were replaced.
    package var settings: Settings?
    /// Whether there is an owner now, if that may have changed.
    package var hasOwner: Bool?
    /// Whether what setup stored was replaced.
    package var replacesSetup = false
    /// Whether a password hash of another system was stored, of which the state has a decoy.
    package var addsForeignPassword = false
    /// Whether a line for the log of a server was left.
    package var hasNotes = false
    /// Whether the secret keys that daemons share were changed.
    package var replacesSecretKeys = false

    /// No changes.
    package init() {}

    /// Notes a password that is stored.
    package mutating func note(_ password: StoredPassword?) {
        if case .foreign? = password { addsForeignPassword = true }
    }

    /// Adds what a later transaction changed.
    package mutating func merge(_ later: Changes) {
        sessions += later.sessions
        endsAllSessions = endsAllSessions || later.endsAllSessions
        accounts += later.accounts
        apiKeys += later.apiKeys
        unlocked += later.unlocked
        hasMail = hasMail || later.hasMail
        settings = later.settings ?? settings
        hasOwner = later.hasOwner ?? hasOwner
        replacesSetup = replacesSetup || later.replacesSetup
        addsForeignPassword = addsForeignPassword || later.addsForeignPassword
        hasNotes = hasNotes || later.hasNotes
        replacesSecretKeys = replacesSecretKeys || later.replacesSecretKeys
    }
}
