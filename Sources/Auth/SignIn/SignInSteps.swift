import Crypto

/// What has to follow the correct password before there is a session.
///
/// Made before the transaction, which may run more than once: all its runs make the same challenge.
struct SignInSteps: Sendable {
    private let new: NewSignInChallenge
    private let trustCookie: Digest?
    private let trustLifetime: Int64
    private let policy: FactorPolicy
    private let offersPasskeys: Bool

    init(_ context: AuthContext, for client: SignInClient) {
        new = NewSignInChallenge(isForm: client.isForm)
        trustCookie = client.trustCookie.flatMap(AuthContext.hash(ofCookie:))
        trustLifetime = context.rules.trustLifetime
        policy = context.rules.factorPolicy
        offersPasskeys = context.offersPasskeys
    }

    /// Begins the next step of a sign-in.
    ///
    /// A trusted browser need not prove the second factor, and nothing else.
    /// - Parameters:
    ///   - account: The account, which may sign in.
    ///   - password: Its password, which was entered.
    ///   - transaction: Sees the factors of the account as they are now.
    /// - Returns: The step, whose challenge is stored; nil when nothing is missing.
    /// - Throws: `unavailable`.
    func next(
        of account: Account, knowing password: PasswordHash, in transaction: any Transaction
    ) throws(AuthError) -> PendingSignIn? {
        let factors = try transaction.secondFactors(of: account.id)
        let purpose: Challenge.Purpose
        if factors.isEnrolled {
            let isTrusted = try transaction.trusts(
                trustCookie, of: account.id, for: trustLifetime)
            guard !isTrusted else { return nil }
            purpose = .secondFactor
        } else {
            guard policy.requires(account.role) else { return nil }
            purpose = .enrolment
        }
        let challenge = new.challenge(
            purpose, of: account.id, knowing: PasswordMark(password), at: transaction.now)
        try transaction.begin(challenge)
        return PendingSignIn(
            challenge: new.text, browserToken: new.browserToken,
            methods: factors.nextMethods(offersPasskeys: offersPasskeys), email: account.email,
            purpose: purpose, expiresAt: challenge.expiresAt)
    }
}

extension SecondFactors {
    /// What the next step of a sign-in takes: to prove a factor, or to add the first.
    func nextMethods(offersPasskeys: Bool) -> [SignInMethod] {
        if isEnrolled { return methods(offersPasskeys: offersPasskeys) }
        return offersPasskeys ? [.totp, .passkey] : [.totp]
    }
}

extension SignInService {
    /// The sign-in that was begun with a form of this browser, and waits for its next step.
    ///
    /// - Parameter client: The client, with its cookie.
    /// - Returns: The sign-in.
    /// - Throws: `invalidChallenge` when none waits; `unavailable`.
    public func pendingSignIn(by client: SignInClient) throws(AuthError) -> PendingSignIn {
        guard let key = client.pendingCookie.flatMap(SignInChallengeKey.init(cookie:)) else {
            throw .invalidChallenge(.challengeUnknown)
        }
        let (challenge, credential): (Challenge, AccountCredential)
        do throws(AuthError) {
            (challenge, credential) = try context.pendingChallenge(key, for: .secondFactor)
        } catch .invalidChallenge(.challengeUnknown) {
            (challenge, credential) = try context.pendingChallenge(key, for: .enrolment)
        }
        let factors = try context.secondFactors(of: credential.account)
        return PendingSignIn(
            challenge: key.text, browserToken: nil,
            methods: factors.nextMethods(offersPasskeys: context.offersPasskeys),
            email: credential.account.email, purpose: challenge.purpose,
            expiresAt: challenge.expiresAt)
    }
}
