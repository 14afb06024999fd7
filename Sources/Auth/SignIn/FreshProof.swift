import Crypto

/// That the person whom the account belongs to is there, shown with the request or a moment ago.
///
/// Asked for before anything is done that outlives the session, such as making an API key: a browser
/// left unattended, or a session that was stolen, is not enough.
struct FreshProof {
    /// For how long a session vouches for its person once the password was given, in seconds.
    static let seconds: Int64 = 600

    /// Where the password came with the request: what it was checked against.
    fileprivate let confirmation: PasswordProof?
}

extension AuthContext {
    /// Makes sure that the person is there.
    ///
    /// - Parameters:
    ///   - caller: Who is signed in.
    ///   - password: As it was sent; one that is sent is always checked.
    ///   - client: Where the request comes from.
    /// - Returns: The proof, for the transaction to look whether it still holds.
    /// - Throws: `reauthenticationRequired` without a password, and without a session in which it was
    ///   given lately; otherwise as `confirm`.
    func freshProof(
        of caller: Caller, password: String?, from client: ClientContext
    ) throws(AuthError) -> FreshProof {
        if let password {
            return FreshProof(confirmation: try confirm(password, of: caller, from: client))
        }
        guard let session = caller.session, session.isFresh(at: now()) else {
            throw .reauthenticationRequired
        }
        return FreshProof(confirmation: nil)
    }
}

extension Session {
    /// Whether it vouches for its person; not by a clock that was set back since.
    func isFresh(at time: Timestamp) -> Bool {
        methods.contains(.password) && authenticatedAt <= time
            && time < authenticatedAt.adding(seconds: FreshProof.seconds)
    }
}

extension Transaction {
    /// The active account of a caller who is there, as it is now, while the proof still holds; the
    /// session vouches for them from now on where they gave the password.
    ///
    /// - Throws: `unauthenticated` when the session has ended or the account is not active any more;
    ///   `wrongPassword` when the password was changed meanwhile; `unavailable`.
    func account(
        of caller: Caller, provenBy proof: FreshProof, at time: Timestamp
    ) throws(AuthError) -> Account {
        // Account and session may have changed since they were read: their rows decide now.
        guard let session = caller.session, try isLive(session.id, at: time),
            let present = try credential(caller.account.id)?.account, present.status == .active
        else { throw .unauthenticated(.callerEnded) }
        guard let confirmation = proof.confirmation else { return present }
        try noteAuthentication(in: session.id, by: .password, at: time)
        return try account(present.id, confirmedBy: confirmation)
    }
}
