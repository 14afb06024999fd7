import Crypto

/// A recent proof that the account's owner is present, given with the request or shortly before.
///
/// Required before anything that outlives the session, such as an API key: an unattended browser or a stolen
/// session is not sufficient. The holder of an account with a second factor proves it by that factor, in the
/// session; a password in the request is no proof then.
struct FreshProof: Sendable {
    /// How long a session counts as recently authenticated, in seconds.
    static let seconds: Int64 = 600

    /// The checked password, if it was sent with the request.
    let confirmation: PasswordProof?
    fileprivate let factor: FreshFactor
}

/// What an account with a second factor wants of the session of a caller: that factor, proven lately.
///
/// Met by every caller of an account without one, and by API keys, whose scopes say what they may do.
struct FreshFactor: Sendable {
    fileprivate let caller: Caller
    fileprivate let offersPasskeys: Bool

    /// Requires the proof of a session as it is now.
    ///
    /// - Throws: `reauthenticationRequired`.
    fileprivate func require(
        _ factors: SecondFactors, in session: Session?, at time: Timestamp
    ) throws(AuthError) {
        guard factors.isEnrolled, let session, !session.isFresh(for: factors, at: time) else {
            return
        }
        throw missing(factors)
    }

    fileprivate func missing(_ factors: SecondFactors) -> AuthError {
        .reauthenticationRequired(
            factors.reauthenticationMethods(offersPasskeys: offersPasskeys))
    }
}

extension AuthContext {
    /// Requires a recent authentication.
    ///
    /// - Parameters:
    ///   - caller: The signed-in caller.
    ///   - password: As sent; a password that is sent is always checked.
    ///   - client: The client of the request.
    /// - Returns: The proof, to be verified again in the transaction.
    /// - Throws: `reauthenticationRequired` without a recent proof by a second factor, for an account that has
    ///   one; for others without a password and without a recent authentication of the session; otherwise as
    ///   `confirm`.
    func freshProof(
        of caller: Caller, password: String?, from client: ClientContext
    ) throws(AuthError) -> FreshProof {
        let factors = try secondFactors(of: caller.account)
        let factor = FreshFactor(caller: caller, offersPasskeys: offersPasskeys)
        try factor.require(factors, in: caller.session, at: now())
        if let password {
            let confirmation = try confirm(password, of: caller, from: client)
            return FreshProof(confirmation: confirmation, factor: factor)
        }
        guard let session = caller.session, session.isFresh(for: factors, at: now()) else {
            throw factor.missing(factors)
        }
        return FreshProof(confirmation: nil, factor: factor)
    }

    /// Requires a recent proof by a second factor, of an account that has one.
    ///
    /// - Returns: The proof, to be verified again in the transaction.
    /// - Throws: `reauthenticationRequired`; `unavailable`.
    func freshFactor(of caller: Caller) throws(AuthError) -> FreshFactor {
        let factor = FreshFactor(caller: caller, offersPasskeys: offersPasskeys)
        try factor.require(
            secondFactors(of: caller.account), in: caller.session, at: now())
        return factor
    }
}

extension AuthContext {
    /// The password that a change of one's own account takes, from an account that has one.
    ///
    /// - Parameters:
    ///   - input: As sent.
    ///   - field: The name of the field in the request.
    ///   - account: The account of the caller.
    ///   - objections: Collects what is wrong with it.
    /// - Returns: The password; nil with an objection, or for an account without a password, whose holder proves to
    ///   be present by a passkey.
    /// - Throws: `unavailable`.
    func presentPassword(
        _ input: TextInput, as field: String, of account: Account,
        _ objections: inout [InvalidInput]
    ) throws(AuthError) -> String? {
        if input == .absent, try isPasswordless(account) { return nil }
        return input.required(as: field, &objections)
    }

    /// What an administrator in person has to prove, which only the transaction verifies.
    ///
    /// - Returns: Nil for API keys, whose scopes say what they may do, and for the command line.
    func presence(of administrator: Administrator) -> FreshProof? {
        guard case .caller(let caller) = administrator, caller.session != nil else { return nil }
        return FreshProof(
            confirmation: nil,
            factor: FreshFactor(caller: caller, offersPasskeys: offersPasskeys))
    }
}

extension Session {
    /// Whether its person was authenticated recently enough for what outlives it; not by a clock that was set
    /// back since.
    ///
    /// A proof that is older than every present second factor proves nothing about them, although it may have
    /// proven a former one: authenticating again does.
    /// - Parameters:
    ///   - factors: Those of the account as they are now.
    ///   - time: Now.
    /// - Returns: Whether it was.
    func isFresh(for factors: SecondFactors, at time: Timestamp) -> Bool {
        guard let since = factors.since else {
            return !methods.isDisjoint(with: .passkey.union(.password))
                && authenticatedAt.isRecent(at: time)
        }
        guard let factorAt, factorAt.isRecent(at: time) else { return false }
        return factorAt >= since
    }
}

extension Timestamp {
    fileprivate func isRecent(at time: Timestamp) -> Bool {
        self <= time && time < adding(seconds: FreshProof.seconds)
    }
}

extension Transaction {
    /// The caller's current active account, if the proof is still valid; a password that was sent counts
    /// as the session's latest authentication.
    ///
    /// - Throws: `unauthenticated` when the session has ended or the account is no longer active;
    ///   `reauthenticationRequired`; `wrongPassword` when the password was changed meanwhile; `unavailable`.
    func account(
        of caller: Caller, provenBy proof: FreshProof
    ) throws(AuthError) -> Account {
        let (account, session) = try present(caller)
        let factors = try secondFactors(of: account.id)
        try proof.factor.require(factors, in: session, at: now)
        guard let confirmation = proof.confirmation else {
            guard session.isFresh(for: factors, at: now) else {
                throw proof.factor.missing(factors)
            }
            return account
        }
        try noteAuthentication(in: session.id, by: .password)
        return try self.account(account.id, confirmedBy: confirmation)
    }

    /// The caller's current account, whatever its status unless it is disabled, if the proof is still valid.
    ///
    /// - Throws: `reauthenticationRequired`; `wrongPassword` when the password was changed meanwhile, or the
    ///   account is gone or disabled; without a password, as `account(of:provenBy:)`.
    func account(provenBy proof: FreshProof) throws(AuthError) -> Account {
        try require(proof.factor)
        let caller = proof.factor.caller
        guard let confirmation = proof.confirmation else {
            return try account(of: caller, provenBy: proof)
        }
        return try account(caller.account.id, confirmedBy: confirmation)
    }

    /// Requires that an administrator is present.
    ///
    /// - Parameter proof: By `AuthContext.presence`.
    /// - Throws: `reauthenticationRequired`; `unauthenticated` when the session has ended; `unavailable`.
    func require(_ proof: FreshProof?) throws(AuthError) {
        if let proof { _ = try account(of: proof.factor.caller, provenBy: proof) }
    }

    /// Requires that an administrator who has a second factor has proven it lately; one without it goes on, so
    /// that clients that know of no proof keep working.
    ///
    /// - Parameter proof: By `AuthContext.presence`.
    /// - Throws: `reauthenticationRequired`; `unavailable`.
    func requireFactor(of proof: FreshProof?) throws(AuthError) {
        if let proof { try require(proof.factor) }
    }

    /// Requires what it takes to give a role, or to decide about an account that has it: that an administrator is
    /// present where the role administers, otherwise as `requireFactor`.
    ///
    /// - Parameters:
    ///   - proof: By `AuthContext.presence`.
    ///   - role: The role.
    /// - Throws: As `require`.
    func require(_ proof: FreshProof?, toGive role: Account.Role) throws(AuthError) {
        if role.administers { try require(proof) } else { try requireFactor(of: proof) }
    }

    /// Requires the proof of the present session again, if it is still live.
    ///
    /// - Throws: `reauthenticationRequired`; `unavailable`.
    func require(_ factor: FreshFactor) throws(AuthError) {
        guard let session = factor.caller.session else { return }
        try factor.require(
            secondFactors(of: factor.caller.account.id),
            in: try self.session(session.id) ?? session,
            at: now)
    }

    /// The caller's active account and live session.
    ///
    /// - Throws: `unauthenticated` when either has ended since they were read; `unavailable`.
    func present(_ caller: Caller) throws(AuthError) -> (Account, Session) {
        guard let id = caller.session?.id, let session = try session(id),
            let account = try credential(caller.account.id)?.account, account.status == .active
        else { throw .unauthenticated(.callerEnded) }
        return (account, session)
    }
}
