/// A number that was counted up to a limit.
public struct BoundedCount: Sendable, Equatable {
    /// The number, at most the limit.
    public let value: Int
    /// Whether there are more.
    public let isExceeded: Bool

    /// Creates a count from a number that was counted to one beyond the limit.
    init(_ counted: Int, upTo limit: Int) {
        value = min(counted, limit)
        isExceeded = counted > limit
    }
}

/// How many accounts, invites and mails there are, each counted up to a limit.
public struct BoundedCounts: Sendable, Equatable {
    /// All accounts.
    public let accounts: BoundedCount
    /// Accounts that wait for approval.
    public let waiting: BoundedCount
    /// Active accounts.
    public let active: BoundedCount
    /// Accounts of any status whose address is not confirmed.
    public let unconfirmed: BoundedCount
    /// Disabled accounts.
    public let disabled: BoundedCount
    /// Invites that have neither expired nor been used up, paused ones too.
    public let openInvites: BoundedCount
    /// Mails that were given up.
    public let deadMails: BoundedCount
}

extension AdministrationService {
    /// Counts accounts, open invites and dead mails for an overview, each through an index and up to a
    /// limit: the time does not depend on how many there are.
    ///
    /// - Throws: `unavailable`.
    public func accountCounts(upTo limit: Int) throws(AuthError) -> BoundedCounts {
        let store = store
        func accounts(
            _ status: Account.Status? = nil, emailVerified: Bool? = nil
        ) throws(AuthError) -> BoundedCount {
            BoundedCount(
                try store.accountCount(
                    status: status, emailVerified: emailVerified, upTo: limit + 1),
                upTo: limit)
        }
        return BoundedCounts(
            accounts: try accounts(), waiting: try accounts(.pending),
            active: try accounts(.active), unconfirmed: try accounts(emailVerified: false),
            disabled: try accounts(.disabled),
            openInvites: BoundedCount(
                try store.openInvites(at: now(), upTo: limit + 1), upTo: limit),
            deadMails: BoundedCount(try store.deadMails(upTo: limit + 1), upTo: limit))
    }
}
