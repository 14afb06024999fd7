/// What a password reset by mail ended: everything that predates it.
struct EndedAccess: Sendable, Equatable {
    /// The number of live sessions.
    var sessions: Int
    /// The number of live API keys.
    var apiKeys: Int
    /// The number of device kinds among the account's kept sessions; none is known any more.
    var devices: Int
    /// The number of valid links, besides the one that was used.
    var links: Int
    /// The number of invitations that could still be used.
    var invitations: Int
}

extension Transaction {
    /// Ends all access to an account, and everything created with it, except its password.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - link: The link in use, which is marked as used.
    ///   - time: Now.
    /// - Returns: How many of each there were.
    /// - Throws: `unavailable`.
    func endAccess(
        to account: Account, by link: LinkToken, at time: Timestamp
    ) throws(AuthError) -> EndedAccess {
        let devices = try userAgents(of: account.id).map(Device.label(ofUserAgent:))
        try settle(link, as: .passwordSet, at: time)
        let reset = try linkToken(of: account.id, for: .resetPassword, at: time)
        let verify = try linkToken(of: account.id, for: .verifyEmail, at: time)
        // The reset also confirms the address.
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
