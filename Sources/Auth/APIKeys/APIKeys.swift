public import Crypto

/// A request for a new API key.
public struct APIKeyRequest: Sendable {
    /// The name given by its owner.
    public var name = TextInput.absent
    /// The names of its scopes; nil for the default.
    public var scopes: [String]?
    /// Its lifetime; nil for until it is revoked.
    public var lifetime: Period?
    /// The password of its owner, as sent.
    public var password = TextInput.absent
    /// Inputs that could not be decoded; reported together with all others that are invalid.
    public var objections: [InvalidInput] = []

    /// Creates an empty request.
    public init() {}
}

/// A key that was just created.
public struct NewAPIKey: Sendable {
    /// Its stored details.
    public let details: APIKeyDetails
    /// The key for its owner; displayed once, never stored.
    public let text: String
}

extension APIKeyService {
    /// Creates an API key for the caller's account, and announces it by mail.
    ///
    /// - Parameters:
    ///   - request: The requested key.
    ///   - caller: A person, by `authenticate(_:for:)` with `.person`.
    ///   - client: The client of the request.
    /// - Returns: The key.
    /// - Throws: `invalidInput`; `forbidden` for the scope `admin` unless the account administers;
    ///   `reauthenticationRequired`, `wrongPassword`: a key outlives the session that creates it;
    ///   `limitReached` when the account has as many as its tier allows; `unauthenticated` when the
    ///   account or session ended meanwhile; `tooManyRequests`, also for too many new keys,
    ///   `overloaded`, `unavailable`.
    public func createAPIKey(
        _ request: APIKeyRequest, by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> NewAPIKey {
        let draft = try draft(request, by: caller, from: client)
        return try store.write { transaction throws(AuthError) in
            try draft.insert(.random(), into: transaction)
        }
    }

    /// Creates an API key as above, unless an earlier request with the same id created it.
    ///
    /// - Parameters:
    ///   - request: The requested key.
    ///   - id: The id of the key; another one is used if it is that of another account's key.
    ///   - caller: A person, by `authenticate(_:for:)` with `.person`.
    ///   - client: The client of the request.
    /// - Returns: The key; one that was created earlier may have been revoked or have expired since.
    /// - Throws: As above; nothing but `unavailable` when it was created earlier.
    public func createAPIKey(
        _ request: APIKeyRequest, id: UUID, by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> CreatedOnce<NewAPIKey, APIKeyDetails> {
        let owner = caller.account.id
        // Before the limits: the second request of a form is not refused for what the first created.
        if let present = try store.apiKeyDetails(id), present.key.accountID == owner {
            return .alreadyMade(present)
        }
        let draft = try draft(request, by: caller, from: client)
        return try store.write { transaction throws(AuthError) in
            guard let present = try transaction.apiKeyDetails(id) else {
                return .made(try draft.insert(id, into: transaction))
            }
            guard present.key.accountID == owner else {
                return .made(try draft.insert(.random(), into: transaction))
            }
            return .alreadyMade(present)
        }
    }

    /// Validates a request and counts it against the limits.
    private func draft(
        _ request: APIKeyRequest, by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> APIKeyDraft {
        var objections = request.objections
        let name = NameField.required(request.name, as: "name", &objections)
        let scopes = request.scopes.map(APIKey.Scopes.init(names:)) ?? .standard
        if scopes == nil {
            objections.append(
                InvalidInput("scopes", .notScopes))
        }
        let administers = scopes?.contains(.admin) ?? false
        var seconds = request.lifetime?.seconds
        if administers {
            seconds = seconds ?? APIKey.maximumAdminSeconds
            if seconds.map({ $0 > APIKey.maximumAdminSeconds }) ?? false {
                objections.append(
                    InvalidInput(
                        "expiresIn", .adminKeyLifetime(maximumDays: APIKey.maximumAdminDays)))
            }
        }
        let password = request.password.optional(as: "password", &objections)
        guard objections.isEmpty, let name, let scopes else { throw .invalidInput(objections) }

        let proof = try context.freshProof(of: caller, password: password, from: client)
        try throttle.admit(.apiKey, of: caller.account.id)
        return APIKeyDraft(
            name: name, scopes: scopes, seconds: seconds, text: .random(), caller: caller,
            proof: proof, client: client, maximum: rules.maximumAPIKeys,
            mails: context.accountMails)
    }

    /// The live keys of the caller's account, newest first.
    ///
    /// - Throws: `unavailable`.
    public func apiKeys(
        of caller: Caller, _ page: PageRequest
    ) throws(AuthError) -> Page<APIKeyDetails> {
        try store.apiKeys(of: caller.account.id, page, now: now())
    }

    /// Revokes a key of the caller's account; every thread rejects it when this returns.
    ///
    /// - Throws: `notFound` for a key of another account or one that is not live; `unavailable`.
    public func revokeAPIKey(_ id: UUID, by caller: Caller) throws(AuthError) {
        let owner = caller.account.id
        try store.write { transaction throws(AuthError) in
            guard try transaction.endAPIKey(id, of: owner) else { throw .notFound }
        }
    }
}

/// A validated request for a key.
private struct APIKeyDraft: Sendable {
    let name: String
    let scopes: APIKey.Scopes
    let seconds: Int64?
    let text: APIKeyText
    let caller: Caller
    let proof: FreshProof
    let client: ClientContext
    let maximum: PerTier<Int>
    let mails: AccountMails

    /// Creates the key.
    ///
    /// - Throws: As `createAPIKey`.
    func insert(_ id: UUID, into transaction: any Transaction) throws(AuthError) -> NewAPIKey {
        let account = try transaction.account(of: caller, provenBy: proof)
        guard !scopes.contains(.admin) || account.role.administers else {
            throw .forbidden(.notAdministrator)
        }
        guard try transaction.countAPIKeys(of: account.id) < maximum[account.tier] else {
            throw .limitReached
        }
        let details = APIKeyDetails(
            key: APIKey(
                id: id, accountID: account.id, scopes: scopes,
                expiresAt: seconds.map { transaction.now.adding(seconds: $0) }),
            name: name, prefix: text.shown, createdAt: transaction.now, lastUsedAt: nil)
        try transaction.create(details, hash: text.hash)
        try transaction.deletePastAPIKeys(of: account.id, keeping: APIKey.maximumPast)
        try mails.announce(details, of: account, from: client, in: transaction)
        return NewAPIKey(details: details, text: text.text)
    }
}

/// Verbs of the operator, from the command line.
extension APIKeyService {
    /// Live keys, newest first.
    ///
    /// - Parameters:
    ///   - email: The account; nil for all.
    ///   - page: The requested page.
    /// - Returns: A page; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func apiKeys(
        ofEmail email: String?, _ page: PageRequest
    ) throws(AuthError) -> Page<OwnedAPIKey>? {
        var owner: UUID?
        if let email {
            owner = try context.accountID(email)
            guard owner != nil else { return nil }
        }
        return try store.ownedAPIKeys(of: owner, page, now: now())
    }

    /// Revokes a key of any account.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    public func revokeAPIKey(_ id: UUID) throws(AuthError) -> Bool {
        try store.write { transaction throws(AuthError) in
            try transaction.endAPIKey(id, of: nil)
        }
    }
}
