public import Crypto

/// What somebody wants of a new API key.
public struct APIKeyRequest: Sendable {
    /// What its owner calls it.
    public var name = TextInput.absent
    /// The names of what it may do; everything where it is nil.
    public var scopes: [String]?
    /// How long it is good; until it is revoked where it is nil.
    public var lifetime: Period?
    /// The password of its owner, as it was sent.
    public var password = TextInput.absent
    /// What could not be read; named together with everything else that is at fault.
    public var objections: [InvalidInput] = []

    /// A request for nothing.
    public init() {}
}

/// A key that was just made.
public struct NewAPIKey: Sendable {
    /// What is kept of it.
    public let details: APIKeyDetails
    /// What its owner keeps; shown once, never stored.
    public let text: String
}

extension APIKeyService {
    /// Makes an API key for the caller's account, and tells them by mail.
    ///
    /// - Parameters:
    ///   - request: What it is to be.
    ///   - caller: A person, by `authenticate(_:for:)` with `.person`.
    ///   - client: Where the request comes from.
    /// - Returns: The key.
    /// - Throws: `invalidInput`; `forbidden` for the scope `admin` unless the account administers;
    ///   `reauthenticationRequired`, `wrongPassword`: a key outlives the session
    ///   that makes it; `limitReached` when the account has as many as its tier allows;
    ///   `unauthenticated` when it was closed, or the session ended, meanwhile; `tooManyRequests`, also
    ///   when it made too many lately, `overloaded`, `unavailable`.
    public func createAPIKey(
        _ request: APIKeyRequest, by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> NewAPIKey {
        var objections = request.objections
        let name = NameField.required(request.name, as: "name", &objections)
        let scopes = request.scopes.map(APIKey.Scopes.init(names:)) ?? .standard
        if scopes == nil {
            objections.append(
                InvalidInput(
                    "scopes", "must hold \"read\", \"write\" or \"admin\", each at most once"))
        }
        let administers = scopes?.contains(.admin) ?? false
        var seconds = request.lifetime?.seconds
        if administers {
            seconds = seconds ?? APIKey.maximumAdminSeconds
            if seconds.map({ $0 > APIKey.maximumAdminSeconds }) ?? false {
                objections.append(
                    InvalidInput("expiresIn", "must be at most 90 days with the scope \"admin\""))
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
            let account = try transaction.account(of: caller, provenBy: proof, at: time)
            guard !administers || account.role.administers else {
                throw .forbidden(.notAdministrator)
            }
            guard try transaction.countAPIKeys(of: owner, at: time) < maximum[account.tier] else {
                throw .limitReached
            }
            try transaction.insert(details, hash: text.hash)
            try transaction.removePastAPIKeys(of: owner, beyond: APIKey.maximumPast, at: time)
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

    /// Ends a key of the caller's account; no thread takes it any more when this returns.
    ///
    /// - Throws: `notFound` for a key that is somebody else's or not live; `unavailable`.
    public func revokeAPIKey(_ id: UUID, by caller: Caller) throws(AuthError) {
        let (owner, time) = (caller.account.id, now())
        try store.write { transaction throws(AuthError) in
            guard try transaction.revokeAPIKey(id, of: owner, at: time) else { throw .notFound }
        }
    }
}

/// What the operator does from the command line.
extension APIKeyService {
    /// Live keys, newest first.
    ///
    /// - Parameters:
    ///   - email: Whose; nil for everybody's.
    ///   - page: Which page.
    /// - Returns: A page; nil when nobody has this email.
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

    /// Ends a key, whosever it is.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    public func revokeAPIKey(_ id: UUID) throws(AuthError) -> Bool {
        let time = now()
        return try store.write { transaction throws(AuthError) in
            try transaction.revokeAPIKey(id, of: nil, at: time)
        }
    }
}
