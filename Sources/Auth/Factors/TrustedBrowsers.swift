public import Crypto

/// What people see and end of the browsers they trust.
extension FactorService {
    /// The trusted browsers of the caller, newest first.
    ///
    /// - Throws: `unavailable`.
    public func trustedBrowsers(of caller: Caller) throws(AuthError) -> [TrustedBrowser] {
        try store.trustedBrowsers(of: caller.account.id, at: now())
    }

    /// Ends the trust in one browser of the caller.
    ///
    /// - Throws: `notFound` when it is gone or belongs to another account, without distinction;
    ///   `unavailable`.
    public func endTrust(_ id: UUID, of caller: Caller) throws(AuthError) {
        let accountID = caller.account.id
        try store.write { transaction throws(AuthError) in
            guard try transaction.deleteTrustedBrowser(id, of: accountID) else { throw .notFound }
            try transaction.record(.trustEnded, of: accountID, object: id)
        }
    }

    /// Ends the trust in all browsers of the caller.
    ///
    /// - Returns: How many there were.
    /// - Throws: `unavailable`.
    public func endAllTrust(of caller: Caller) throws(AuthError) -> Int {
        let accountID = caller.account.id
        return try store.write { transaction throws(AuthError) in
            try transaction.endTrust(of: accountID)
        }
    }
}
