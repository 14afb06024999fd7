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
        let mails = context.accountMails
        let (time, text) = (now(), APIKeyText.random())
        let (owner, maximum) = (caller.account.id, rules.maximumAPIKeys)
        let details = APIKeyDetails(
            key: APIKey(
                id: .random(), accountID: owner, scopes: scopes,
                expiresAt: seconds.map { time.adding(seconds: $0) }),
            name: name, prefix: text.shown, createdAt: time, lastUsedAt: nil)
        try throttle.admit(.apiKey, of: owner)
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(of: caller, provenBy: proof)
            guard !administers || account.role.administers else {
                throw .forbidden(.notAdministrator)
            }
            guard try transaction.countAPIKeys(of: owner) < maximum[account.tier] else {
                throw .limitReached
            }
            try transaction.insert(details, hash: text.hash)
            try transaction.deletePastAPIKeys(of: owner, keeping: APIKey.maximumPast)
            try mails.announce(details, of: account, from: client, in: transaction)
        }
        return NewAPIKey(details: details, text: text.text)
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
