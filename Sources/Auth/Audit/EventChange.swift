/// What an event says of a change: a name, and the values before and after.
public struct EventChange: Sendable, Equatable {
    /// The name in the record: one of `Name`, or one of a later version.
    public let name: String
    /// The value before; nil where there was none.
    public let old: String?
    /// The value after; nil where there is none.
    public let new: String?

    /// Creates a change, to be recorded.
    public init(_ name: Name, from old: String? = nil, to new: String? = nil) {
        self.init(stored: name.rawValue, from: old, to: new)
    }

    /// Takes what a store has kept.
    public init(stored name: String, from old: String? = nil, to new: String? = nil) {
        self.name = name
        self.old = old
        self.new = new
    }

    /// The name, where this version knows it.
    public var known: Name? { Name(rawValue: name) }

    /// What is recorded of changes: a closed list, which the documentation explains.
    ///
    /// A name is never used for another thing later: the record of earlier versions has it.
    public enum Name: String, Sendable, CaseIterable {
        // Accounts.
        case email, name, role, tier, status, confirmed, outcome, owner
        // Sign-in, sessions and browsers.
        case method, methods, limit, until, reason, kept, browser, expires, time
        // Passwords and factors.
        case password, factor, factors, passkeys, recoveryCodes, left
        // API keys, links and invitations.
        case prefix, scopes, expiresAt, links, invitations
        case maxUses, uses, paused, revoked, expired
        // Settings.
        case nativeSignin, register, signup, approval, requireEmailVerification
        case siteName, siteAccent, siteSupport
        case databaseName, migrationType, retentionPeriod
        case websiteURL = "websiteUrl"
        // The outbox and the record.
        case count, mail, first
    }
}
