public import Crypto

/// Verbs of people for their own sessions.
extension SessionService {
    /// The live sessions of the caller, newest first.
    ///
    /// - Throws: `unavailable`.
    public func sessions(
        of caller: Caller, _ page: PageRequest
    ) throws(AuthError) -> Page<SessionDetails> {
        try context.liveSessions(of: caller.account.id, page)
    }

    /// Ends one session of the caller, possibly the current one.
    ///
    /// - Throws: `notFound` when it is not live or belongs to another account, without distinction;
    ///   `unavailable`.
    public func endSession(_ id: UUID, of caller: Caller) throws(AuthError) {
        let accountID = caller.account.id
        try store.write { transaction throws(AuthError) in
            guard try transaction.endSession(.id(id), of: accountID, because: .request) else {
                throw .notFound
            }
        }
    }

    /// Ends all sessions of the caller except the current one, and the trust in all browsers.
    ///
    /// - Returns: The number of ended sessions.
    /// - Throws: `apiKeyNotAllowed` for a caller without a session; `unavailable`.
    public func endOtherSessions(of caller: Caller) throws(AuthError) -> Int {
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        return try store.write { transaction throws(AuthError) in
            try transaction.endTrust(of: session.accountID)
            return try transaction.endSessions(
                of: session.accountID, except: session.id, because: .request)
        }
    }
}

/// Verbs of the operator for all sessions, from the command line.
extension SessionService {
    /// The live sessions of an account, newest first.
    ///
    /// - Returns: A page; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func sessions(
        ofEmail email: String, _ page: PageRequest
    ) throws(AuthError) -> Page<SessionDetails>? {
        guard let id = try context.accountID(email) else { return nil }
        return try context.liveSessions(of: id, page)
    }

    /// Ends a session of any account.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    public func endSession(_ id: UUID) throws(AuthError) -> Bool {
        try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(id), of: nil, because: .request)
        }
    }

    /// Ends all sessions of an account, and its trust in all browsers.
    ///
    /// - Returns: The number of ended sessions; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func endSessions(ofEmail email: String) throws(AuthError) -> Int? {
        guard let id = try context.accountID(email) else { return nil }
        return try store.write { transaction throws(AuthError) in
            try transaction.endTrust(of: id)
            return try transaction.endSessions(of: id, except: nil, because: .request)
        }
    }
}

extension AuthContext {
    /// The live sessions of an account; a page may have fewer than requested.
    func liveSessions(
        of accountID: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<SessionDetails> {
        let time = now()
        let found = try store.sessions(of: accountID, page, now: time)
        guard let limit = rules.idleLimit else { return found }
        return found.filter { !limit.isOver(lastUse: $0.lastSeenAt, at: time) }
    }
}
