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
    /// The number of browsers in which the second factor was not asked for.
    var trustedBrowsers = 0
    /// What the account had besides its password before the reset.
    var factors = EnrolledFactors()
    /// Whether that was removed: a stranger may have added it to an account whose address was never confirmed.
    var removesFactors = false
}

extension Transaction {
    /// Ends all access to an account, and everything created with it, except its password and the factors of an
    /// account whose address was confirmed.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - factors: What it has besides its password.
    ///   - link: The link in use, which is marked as used.
    /// - Returns: How many of each there were.
    /// - Throws: `unavailable`.
    func endAccess(
        to account: Account, having factors: EnrolledFactors, by link: LinkToken
    ) throws(AuthError) -> EndedAccess {
        let devices = try userAgents(of: account.id, limit: Session.maximumComparedDevices).map(
            { Device.label(ofUserAgent: $0) })
        try settle(link, as: .passwordSet)
        let reset = try validLinkToken(of: account.id, for: .resetPassword)
        let verify = try validLinkToken(of: account.id, for: .verifyEmail)
        // The reset also confirms the address.
        if let verify, verify.email == account.email {
            try settle(verify, as: .confirmed)
        }
        try revokeLinks(of: account.id, for: [.resetPassword, .verifyEmail])
        let removesFactors = account.emailVerifiedAt == nil
        if removesFactors { try removeFactors(of: account.id) }
        try deleteChallenges(of: account.id)
        return EndedAccess(
            sessions: try endSessions(of: account.id, except: nil, because: .newPassword),
            apiKeys: try endAPIKeys(of: account.id), devices: Set(devices).count,
            links: [reset, verify].count { $0 != nil },
            invitations: try deleteOpenInvites(of: account.id),
            trustedBrowsers: try endTrust(of: account.id), factors: factors,
            removesFactors: removesFactors)
    }
}
