import Crypto

/// What a client showed to say who it is.
public enum PresentedCredential: Sendable {
    /// A JWT, from `Authorization: Bearer`.
    case bearer(ArraySlice<UInt8>)
    /// The value of the session cookie.
    case cookie(ArraySlice<UInt8>)
}

/// Who is asking: a live session and its account as it is now.
public struct Caller: Sendable {
    /// The account.
    public let record: AccountRecord
    /// The session.
    public let session: Session

    /// The account.
    public var account: Account { record.account }
}

extension AuthService {
    /// Finds out who is asking, whatever the status of the account.
    ///
    /// Role and tier are always the account's, never the claim's.
    /// - Throws: `unauthenticated` without a good cookie, `invalidToken` or `tokenExpired` for a bad
    ///   JWT; `notInMemory`, `unavailable`.
    public func identify(_ credential: PresentedCredential?) throws(AuthError) -> Caller {
        switch credential {
        case .bearer(let token):
            guard let caller = try caller(bearing: token) else { throw .invalidToken }
            return caller
        case .cookie(let token):
            guard let hash = Self.hash(ofCookie: token),
                let caller = try caller(.tokenHash(hash), subject: nil, at: now())
            else { throw .unauthenticated }
            return caller
        case nil:
            throw .unauthenticated
        }
    }

    /// Finds out who is asking, and that the account may be used.
    ///
    /// - Throws: As `identify`; `pendingApproval` while the account waits.
    public func authenticate(_ credential: PresentedCredential?) throws(AuthError) -> Caller {
        let caller = try identify(credential)
        guard caller.account.status == .active else { throw .pendingApproval }
        return caller
    }

    /// The key under which the session of a credential is found; nil when it shows no good one.
    func sessionKey(_ credential: PresentedCredential) -> Session.Key? {
        switch credential {
        case .bearer(let token):
            return (try? tokens.verify(token, now: now().seconds)).map { .id($0.sessionID) }
        case .cookie(let token):
            return Self.hash(ofCookie: token).map(Session.Key.tokenHash)
        }
    }

    private func caller(bearing token: ArraySlice<UInt8>) throws(AuthError) -> Caller? {
        let claims: Claims
        let time = now()
        do throws(TokenError) {
            claims = try tokens.verify(token, now: time.seconds)
        } catch .expired {
            throw .tokenExpired
        } catch {
            throw .invalidToken
        }
        return try caller(.id(claims.sessionID), subject: claims.subject, at: time)
    }

    /// The caller behind a live session; nil when there is none, when it belongs to somebody else
    /// than the token says, or when the account is gone or disabled.
    private func caller(
        _ key: Session.Key, subject: UUID?, at time: Timestamp
    ) throws(AuthError) -> Caller? {
        guard let session = try store.session(key, now: time),
            subject == nil || subject == session.accountID,
            let record = try store.account(session.accountID),
            record.account.status != .disabled
        else { return nil }
        return Caller(record: record, session: session)
    }

    private static func hash(ofCookie token: ArraySlice<UInt8>) -> Digest? {
        Base64URL.decodeDigest(token.span).map { secret in secret.withBytes(SHA256.digest) }
    }
}
