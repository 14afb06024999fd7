import Crypto

/// A recent proof that the account's owner is present, given with the request or shortly before.
///
/// Required before anything that outlives the session, such as an API key: an unattended browser or
/// a stolen session is not sufficient.
struct FreshProof {
    /// How long a session counts as recently authenticated after the password was entered, in seconds.
    static let seconds: Int64 = 600

    /// The checked password, if it was sent with the request.
    fileprivate let confirmation: PasswordProof?
}

extension AuthContext {
    /// Requires a recent authentication.
    ///
    /// - Parameters:
    ///   - caller: The signed-in caller.
    ///   - password: As sent; a password that is sent is always checked.
    ///   - client: The client of the request.
    /// - Returns: The proof, to be verified again in the transaction.
    /// - Throws: `reauthenticationRequired` without a password and without a recent one in the session;
    ///   otherwise as `confirm`.
    func freshProof(
        of caller: Caller, password: String?, from client: ClientContext
    ) throws(AuthError) -> FreshProof {
        if let password {
            return FreshProof(confirmation: try confirm(password, of: caller, from: client))
        }
        guard let session = caller.session, session.isFresh(at: now()) else {
            throw .reauthenticationRequired([.password])
        }
        return FreshProof(confirmation: nil)
    }
}

extension Session {
    /// Whether the session was authenticated recently; not by a clock that was set back since.
    func isFresh(at time: Timestamp) -> Bool {
        methods.contains(.password) && authenticatedAt <= time
            && time < authenticatedAt.adding(seconds: FreshProof.seconds)
    }
}

extension Transaction {
    /// The caller's current active account, if the proof is still valid; a password that was sent counts
    /// as the session's latest authentication.
    ///
    /// - Throws: `unauthenticated` when the session has ended or the account is no longer active;
    ///   `wrongPassword` when the password was changed meanwhile; `unavailable`.
    func account(
        of caller: Caller, provenBy proof: FreshProof
    ) throws(AuthError) -> Account {
        // Account and session may have changed since they were read: the current rows decide.
        guard let session = caller.session, try isLive(session.id),
            let present = try credential(caller.account.id)?.account, present.status == .active
        else { throw .unauthenticated(.callerEnded) }
        guard let confirmation = proof.confirmation else { return present }
        try noteAuthentication(in: session.id, by: .password)
        return try account(present.id, confirmedBy: confirmation)
    }
}
