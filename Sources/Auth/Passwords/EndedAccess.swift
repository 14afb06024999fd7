/// What a mailed reset ended of an account: all that predates it.
struct EndedAccess: Sendable, Equatable {
    /// Sessions that were live.
    var sessions: Int
    /// API keys that were live.
    var apiKeys: Int
    /// Kinds of devices that sessions of the account are kept of; none is known any more.
    var devices: Int
    /// Links that were good, beside the one that was used.
    var links: Int
    /// Invitations that could still be used.
    var invitations: Int
}

extension Transaction {
    /// Ends everything that opens an account or was made with it, but for its password.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - link: The link that is used for it, which is settled.
    ///   - time: Now.
    /// - Returns: How many there were of each.
    /// - Throws: `unavailable`.
    func endAccess(
        to account: Account, by link: LinkToken, at time: Timestamp
    ) throws(AuthError) -> EndedAccess {
        let devices = try userAgents(of: account.id).map(Device.label(ofUserAgent:))
        try settle(link, as: .passwordSet, at: time)
        let reset = try linkToken(of: account.id, for: .resetPassword, at: time)
        let verify = try linkToken(of: account.id, for: .verifyEmail, at: time)
        // The reset confirms the address, too.
        if let verify, verify.email == account.email {
            try settle(verify, as: .confirmed, at: time)
        }
        try removeLinkTokens(of: account.id, for: [.resetPassword, .verifyEmail])
        return EndedAccess(
            sessions: try endSessions(of: account.id, except: nil),
            apiKeys: try revokeAPIKeys(of: account.id, at: time), devices: Set(devices).count,
            links: [reset, verify].count { $0 != nil },
            invitations: try removeOpenInvites(of: account.id, at: time))
    }
}
