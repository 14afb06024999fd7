import Crypto

/// The right to add factors to one account, which each transaction checks again.
struct Enrolment: Sendable {
    /// The account.
    let accountID: UUID
    /// The client of the request.
    let client: ClientContext
    private let right: Right

    private enum Right: Sendable {
        /// A session with a fresh proof.
        case session(Caller, FreshProof, UUID)
        /// A sign-in that waits for a factor, which begins its session.
        case signIn(SignInChallengeKey, SessionBeginning)
    }

    fileprivate init(of caller: Caller, _ proof: FreshProof, from client: ClientContext)
        throws(AuthError)
    {
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        accountID = caller.account.id
        self.client = client
        right = .session(caller, proof, session.id)
    }

    fileprivate init(
        of accountID: UUID, _ key: SignInChallengeKey, _ beginning: SessionBeginning,
        from client: ClientContext
    ) {
        self.accountID = accountID
        self.client = client
        right = .signIn(key, beginning)
    }

    /// The session; nil during a sign-in.
    var sessionID: UUID? {
        guard case .session(_, _, let id) = right else { return nil }
        return id
    }

    /// What the steps of this enrolment are bound to: the session, or the sign-in.
    var binding: [UInt8] {
        switch right {
        case .session(_, _, let id): id.octets
        case .signIn(let key, _): key.hash.bytes
        }
    }

    /// The author of the change, for the log.
    var author: AdministrativeChange.Author {
        switch right {
        case .session(let caller, _, _): caller.author
        case .signIn: .account(accountID)
        }
    }

    /// The account, if it may still be given a factor.
    ///
    /// - Throws: `unauthenticated`, `reauthenticationRequired` for a session; `invalidChallenge` for a sign-in
    ///   that ended, and as `pendingChallenge`; `unavailable`.
    func account(in transaction: any Transaction) throws(AuthError) -> Account {
        switch right {
        case .session(let caller, let proof, _):
            return try transaction.account(of: caller, provenBy: proof)
        case .signIn(let key, _):
            return try transaction.pendingChallenge(key, for: .enrolment).account
        }
    }

    /// Adds a factor, which ends a sign-in that waited for it with its session.
    ///
    /// That the factor was added is no proof of it: the session is one by password.
    /// - Parameters:
    ///   - credential: The factor.
    ///   - account: The account, as this transaction sees it.
    ///   - keeper: What the transaction needs besides.
    ///   - transaction: Adds it.
    /// - Returns: What came of it.
    /// - Throws: As `Transaction.addFactor`.
    func add(
        _ credential: Credential, to account: Account, by keeper: FactorKeeper,
        in transaction: any Transaction
    ) throws(AuthError) -> AddedFactor {
        let pending = try pendingChallenge(in: transaction)
        let isFirst = try transaction.addFactor(
            credential, to: account, bringing: keeper.codes, from: client, by: keeper.vault,
            mail: keeper.mail)
        guard case .signIn(_, let beginning) = right, let pending else {
            return AddedFactor(isFirst: isFirst, begun: nil)
        }
        // With the other challenges of the account, that of the sign-in has ended.
        let session = try beginning.begin(for: account, by: .password, in: transaction)
        return AddedFactor(
            isFirst: isFirst,
            begun: .init(account: account, session: session, password: pending.passwordHash))
    }

    private func pendingChallenge(
        in transaction: any Transaction
    ) throws(AuthError) -> PendingChallenge? {
        guard case .signIn(let key, _) = right else { return nil }
        return try transaction.pendingChallenge(key, for: .enrolment)
    }
}

/// What a transaction needs to add a factor, made before it: all its runs add the same.
struct FactorKeeper: Sendable {
    let vault: FactorVault
    let mail: MailWriter
    /// Come with a first factor.
    let codes: RecoveryCodes
    /// Their texts.
    let texts: [String]

    init(_ context: AuthContext) {
        vault = context.vault
        mail = context.mail
        (codes, texts) = RecoveryCodes.new()
    }
}

/// A factor that was added.
struct AddedFactor: Sendable {
    /// Whether it came with recovery codes.
    let isFirst: Bool
    /// The session that a sign-in ended with; nil for a caller with a session.
    let begun: Begun?

    /// A sign-in that is complete.
    struct Begun: Sendable {
        let account: Account
        let session: NewSession
        let password: PasswordHash
    }
}

extension AuthContext {
    /// The right of an owner to add factors.
    ///
    /// - Parameters:
    ///   - owner: Who adds a factor.
    ///   - password: As sent: a fresh proof for an account without a factor; not read during a sign-in.
    ///   - client: Where the request comes from.
    /// - Returns: The right, which the transaction checks again.
    /// - Throws: `apiKeyNotAllowed` without a session; `invalidInput`; `reauthenticationRequired`,
    ///   `wrongPassword`; `invalidChallenge` for a sign-in that does not wait; `tooManyRequests`,
    ///   `overloaded`, `unavailable`.
    func enrolment(
        of owner: FactorOwner, password: TextInput = .absent, from client: ClientContext
    ) throws(AuthError) -> Enrolment {
        switch owner {
        case .caller(let caller):
            var objections: [InvalidInput] = []
            let password = password.optional(as: "password", &objections)
            guard objections.isEmpty else { throw .invalidInput(objections) }
            let proof = try freshProof(of: caller, password: password, from: client)
            return try Enrolment(of: caller, proof, from: client)
        case .pending(let challenge, let client):
            let key = try SignInChallengeKey(challenge, by: client)
            let (_, credential) = try pendingChallenge(key, for: .enrolment)
            let id = credential.account.id
            return Enrolment(
                of: id, key, beginning(of: id, by: client), from: client.client)
        }
    }

    /// The credentials for the client of a sign-in that an added factor completed; nil for other clients.
    func signedIn(_ added: AddedFactor, from client: ClientContext) -> SignedIn? {
        added.begun.map {
            signedIn($0.account, by: $0.session, knowing: $0.password, from: client)
        }
    }
}
