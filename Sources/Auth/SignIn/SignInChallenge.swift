import Crypto

/// The secrets of a challenge that is about to be stored.
struct NewSignInChallenge: Sendable {
    /// What the client names it by.
    let text: String
    /// The value of the cookie that it is bound to; nil for none.
    let browserToken: String?
    private let hash: Digest
    private let browser: Digest?

    /// Creates the secrets.
    ///
    /// - Parameter isForm: Whether a page began the sign-in. Then the text follows from the cookie, so that the
    ///   next page needs nothing else, and is worthless without it.
    init(isForm: Bool) {
        let secret = Secret.random()
        if isForm {
            let key = SignInChallengeKey(ofBrowser: secret)
            (text, hash, browser) = (key.text, key.hash, key.browser)
            browserToken = secret.withBytes { Base64URL.encode($0) }
        } else {
            text = secret.withBytes { Base64URL.encode($0) }
            hash = secret.withBytes(SHA256.digest)
            (browserToken, browser) = (nil, nil)
        }
    }

    /// The challenge of an account.
    ///
    /// - Parameters:
    ///   - purpose: `secondFactor` or `enrolment`.
    ///   - accountID: The account.
    ///   - password: The mark of its password: another one ends the challenge.
    ///   - time: Now.
    /// - Returns: The challenge, to be stored.
    func challenge(
        _ purpose: Challenge.Purpose, of accountID: UUID, knowing password: PasswordMark,
        at time: Timestamp
    ) -> Challenge {
        Challenge(
            hash: hash, purpose: purpose, accountID: accountID, browser: browser,
            data: password.bytes, createdAt: time,
            expiresAt: time.adding(seconds: purpose.lifetime))
    }
}

/// What a client names the challenge of its sign-in by.
struct SignInChallengeKey: Sendable {
    /// The text of the challenge.
    let text: String
    /// The hash under which it is stored.
    let hash: Digest
    /// SHA-256 of the cookie that a form sign-in sets; nil without one.
    fileprivate let browser: Digest?

    private static let label = Array("sign-in challenge".utf8)

    /// The key that follows from the secret in a form's cookie.
    fileprivate init(ofBrowser secret: Secret) {
        let code = HMACSHA256(key: secret).code(for: Self.label)
        text = Base64URL.encode(code.bytes)
        hash = SHA256.digest(code.bytes)
        browser = secret.withBytes(SHA256.digest)
    }

    /// The key of a form's cookie; nil for a malformed one.
    init?(cookie: ArraySlice<UInt8>) {
        guard let bytes = Base64URL.decode(cookie), bytes.count == Digest.count,
            let secret = Secret(bytes: bytes)
        else { return nil }
        self.init(ofBrowser: secret)
    }

    /// The key that a client sends.
    ///
    /// - Parameters:
    ///   - challenge: The text; absent where the cookie says it.
    ///   - client: The client, with its cookie.
    /// - Throws: `invalidInput` without a text, unless in a form; `invalidChallenge` for a malformed one, and for
    ///   a form without a cookie.
    init(_ challenge: TextInput, by client: SignInClient) throws(AuthError) {
        let own = client.pendingCookie.flatMap(SignInChallengeKey.init(cookie:))
        if challenge == .absent, client.isForm {
            guard let own else { throw .invalidChallenge(.challengeUnknown) }
            self = own
            return
        }
        var objections: [InvalidInput] = []
        guard let text = challenge.required(as: "challenge", &objections) else {
            throw .invalidInput(objections)
        }
        guard let hash = AuthContext.hash(ofCookie: Array(text.utf8)[...]) else {
            throw .invalidChallenge(.challengeUnknown)
        }
        (self.text, self.hash, browser) = (text, hash, own?.browser)
    }

    /// Whether the client may answer a challenge, as far as its browser decides.
    fileprivate func isOfBrowser(of challenge: Challenge) -> Bool {
        challenge.browser == nil || challenge.browser == browser
    }
}

/// A challenge of a sign-in, and its account as it is now.
struct PendingChallenge {
    /// The challenge.
    let challenge: Challenge
    /// The account, which may still sign in with its password.
    let account: Account
    /// The password that was entered.
    let passwordHash: PasswordHash
}

extension Transaction {
    /// The challenge of a sign-in that a client may answer now.
    ///
    /// - Parameters:
    ///   - key: What the client names it by.
    ///   - purpose: `secondFactor` or `enrolment`.
    /// - Returns: The challenge, which stays, and its account.
    /// - Throws: `invalidChallenge` when there is none, it has expired, belongs to another browser, or the
    ///   password was changed since; as `requireMaySignIn` when the account may no longer sign in.
    func pendingChallenge(
        _ key: SignInChallengeKey, for purpose: Challenge.Purpose
    ) throws(AuthError) -> PendingChallenge {
        guard let challenge = try challenge(key.hash, for: purpose), now < challenge.expiresAt,
            let accountID = challenge.accountID
        else { throw .invalidChallenge(.challengeUnknown) }
        guard key.isOfBrowser(of: challenge) else {
            throw .invalidChallenge(.challengeOfAnotherBrowser)
        }
        guard let present = try credential(accountID), let hash = present.passwordHash,
            PasswordMark(hash).bytes == challenge.data
        else { throw .invalidChallenge(.challengeUnknown) }
        try present.account.requireMayUsePassword(under: settings())
        return PendingChallenge(
            challenge: challenge, account: present.account, passwordHash: hash)
    }
}

extension AuthContext {
    /// The challenge of a sign-in that a client may answer now, and the account it belongs to; the transaction
    /// that acts on it checks again.
    ///
    /// - Throws: `invalidChallenge`; `unavailable`.
    func pendingChallenge(
        _ key: SignInChallengeKey, for purpose: Challenge.Purpose
    ) throws(AuthError) -> (challenge: Challenge, credential: AccountCredential) {
        guard let challenge = try store.challenge(key.hash, for: purpose, at: now()),
            let id = challenge.accountID, let account = try store.account(id)?.account
        else { throw .invalidChallenge(.challengeUnknown) }
        journal.account = id
        guard key.isOfBrowser(of: challenge) else {
            throw .invalidChallenge(.challengeOfAnotherBrowser)
        }
        // Another account may have taken the address since this account was read.
        guard let credential = try store.credential(account.email), credential.account.id == id
        else { throw .invalidChallenge(.challengeUnknown) }
        return (challenge, credential)
    }
}
