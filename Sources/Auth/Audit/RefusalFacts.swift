public import Crypto

/// What the refusal of a request knows of its cause: enough to look up later what happened before.
///
/// Contains no secret: of a credential, its id or the hash under which it is stored.
public struct RefusalFacts: Sendable, Equatable {
    /// When.
    public let time: Timestamp
    /// Why, in one word.
    public let reason: Reason
    /// The account that was identified, or whose credential it claims to be; nil for none.
    public let account: UUID?
    /// What was presented; nil where nothing of it is known.
    public let credential: RefusedCredential?
    /// After how many seconds the client may try again; nil where waiting does not help.
    public let retryAfter: Int?

    /// Creates facts.
    public init(
        time: Timestamp, reason: Reason, account: UUID? = nil,
        credential: RefusedCredential? = nil, retryAfter: Int? = nil
    ) {
        self.time = time
        self.reason = reason
        self.account = account ?? credential?.account
        self.credential = credential
        self.retryAfter = retryAfter
    }
}

/// What is known of a credential that was presented with a refused request.
public enum RefusedCredential: Sendable, Equatable {
    /// A token that this server signed.
    case token(session: UUID, account: UUID, issuedAt: Timestamp?, expiresAt: Timestamp)
    /// A session cookie, by the hash under which its session is stored.
    case cookie(Digest)
    /// An API key, by the hash under which it is stored.
    case apiKey(Digest)

    /// The account that a token names; nil where the store has to be asked.
    public var account: UUID? {
        if case .token(_, let account, _, _) = self { account } else { nil }
    }

    /// What its session is looked up by; nil for an API key.
    var session: Session.Key? {
        switch self {
        case .token(let id, _, _, _): .id(id)
        case .cookie(let hash): .tokenHash(hash)
        case .apiKey: nil
        }
    }
}

extension SignInService {
    /// What a refused request may keep of the credential that it presented; nil for one that this server
    /// did not issue.
    ///
    /// From memory alone: it reads no store.
    public func traces(of credential: PresentedCredential?) -> RefusedCredential? {
        switch credential {
        case .bearer(let token) where APIKeyText.isMeant(by: token):
            APIKeyText.hash(of: token).map(RefusedCredential.apiKey)
        case .bearer(let token):
            (try? tokens.claims(of: token)).map { claims in
                .token(
                    session: claims.sessionID, account: claims.subject,
                    issuedAt: claims.issuedAt.flatMap(Timestamp.init(claimed:)),
                    expiresAt: Timestamp(claimed: claims.expiresAt) ?? now())
            }
        case .cookie(let token):
            AuthContext.hash(ofCookie: token).map(RefusedCredential.cookie)
        case .differingCookies, nil: nil
        }
    }
}

extension Timestamp {
    /// A time of a token; nil for one that no calendar of this server has.
    fileprivate init?(claimed seconds: Int64) {
        let (milliseconds, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !isOverflow else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
