import Bytes
import Crypto

/// The secret that an authenticator app is to share; it is shown once, and of no use before it is confirmed.
public struct TOTPEnrolment: Sendable, Equatable {
    /// The secret in Base32, to be typed where no camera reads the link.
    public let secret: String
    /// The `otpauth://` link, mostly shown as a QR code.
    public let url: String
    /// Until when it can be confirmed.
    public let expiresAt: Timestamp

    /// The secret in groups of four, as people type it.
    public var groupedSecret: String {
        let symbols = Array(secret)
        return stride(from: 0, to: symbols.count, by: 4).map {
            String(symbols[$0..<min($0 + 4, symbols.count)])
        }.joined(separator: " ")
    }
}

/// What came of a factor that was added.
public struct Enrolled: Sendable {
    /// Ten recovery codes, which come with the first factor and are shown once; nil otherwise.
    public let recoveryCodes: [String]?
    /// The session of a sign-in that the factor completed; nil for a caller with a session.
    public let signedIn: SignedIn?
}

extension FactorService {
    /// Begins to add an authenticator app, or to replace the present one.
    ///
    /// - Parameters:
    ///   - owner: Who adds it.
    ///   - password: As sent: a fresh proof for an account without a second factor.
    ///   - client: Where the request comes from.
    /// - Returns: The secret, which is to be confirmed within ten minutes by the same session or sign-in; it
    ///   takes the place of another one that was not confirmed.
    /// - Throws: As `AuthContext.enrolment`; `unauthenticated` when session or account ended.
    public func beginTOTP(
        by owner: FactorOwner, password: TextInput, from client: ClientContext
    ) throws(AuthError) -> TOTPEnrolment {
        let enrolment = try context.enrolment(of: owner, password: password, from: client)
        let secret = Secret.random(count: TOTP.secretBytes)
        let vault = vault
        let (email, expiresAt) = try store.write { transaction throws(AuthError) in
            let account = try enrolment.account(in: transaction)
            var bytes = secret.withBytes { [UInt8](copying: $0) }
            defer { wipe(&bytes) }
            let (hash, time) = (enrolment.totpChallenge, transaction.now)
            let challenge = Challenge(
                hash: hash, purpose: .totp, accountID: account.id, sessionID: enrolment.sessionID,
                data: try vault.seal(bytes, forChallenge: hash, in: transaction), createdAt: time,
                expiresAt: time.adding(seconds: Challenge.Purpose.totp.lifetime))
            try transaction.deleteChallenges(of: account.id, for: .totp, keeping: 0)
            try transaction.begin(challenge)
            return (account.email, challenge.expiresAt)
        }
        return TOTPEnrolment(
            secret: secret.withBytes { Base32.encode([UInt8](copying: $0)) },
            url: TOTP.keyURI(
                secret: secret, issuer: context.site.name.text, account: email.address),
            expiresAt: expiresAt)
    }

    /// Confirms an authenticator app by a code of it, which is used up.
    ///
    /// - Parameters:
    ///   - code: As sent.
    ///   - owner: Who began to add it, in the same session or sign-in.
    ///   - client: Where the request comes from.
    /// - Returns: Recovery codes with the first factor; the session of a sign-in.
    /// - Throws: `invalidInput`; as `beginTOTP`; `invalidChallenge` when there is nothing to confirm;
    ///   `invalidCode`, of which five end what was begun.
    public func confirmTOTP(
        code: TextInput, by owner: FactorOwner, from client: ClientContext
    ) throws(AuthError) -> Enrolled {
        var objections: [InvalidInput] = []
        guard let code = code.required(as: "code", &objections) else {
            throw .invalidInput(objections)
        }
        let enrolment = try context.enrolment(of: owner, from: client)
        let (id, keeper) = (UUID.random(), FactorKeeper(context))
        let outcome = try store.write {
            transaction throws(AuthError) -> ProofOutcome<AddedFactor> in
            let account = try enrolment.account(in: transaction)
            guard let challenge = try transaction.challenge(enrolment.totpChallenge, for: .totp),
                challenge.accountID == account.id, transaction.now < challenge.expiresAt
            else { throw .invalidChallenge(.challengeUnknown) }
            var bytes = try keeper.vault.open(challenge, in: transaction)
            defer { wipe(&bytes) }
            guard let app = AuthenticatorApp(bytes, confirmedBy: code, at: transaction.now) else {
                _ = try transaction.noteFailure(of: challenge)
                return .refused(.invalidCode(.codeWrong))
            }
            let credential = Credential(
                id: id, accountID: account.id, kind: .totp,
                data: try keeper.vault.seal(app, of: account.id, id, in: transaction),
                createdAt: transaction.now)
            return .proven(
                try enrolment.add(credential, to: account, by: keeper, in: transaction))
        }
        let added = try outcome.value()
        context.noteFactor("totp", of: enrolment.accountID, became: "added", by: enrolment.author)
        return Enrolled(
            recoveryCodes: added.isFirst ? keeper.texts : nil,
            signedIn: context.signedIn(added, from: enrolment.client))
    }
}

extension Enrolment {
    /// Names the app that this session or sign-in began to add: no other one can confirm it.
    fileprivate var totpChallenge: Digest { SHA256.digest(Array("totp".utf8) + binding) }
}

extension AuthenticatorApp {
    /// An app that shows it has the secret; nil when the code is wrong.
    fileprivate init?(_ secret: [UInt8], confirmedBy code: String, at time: Timestamp) {
        guard let secret = Secret(bytes: secret),
            let step = TOTP.matchingStep(
                code: code.utf8.prefix(Self.maximumTypedBytes), secret: secret, at: time.seconds,
                after: nil)
        else { return nil }
        self.init(secret: secret, lastUsedStep: step)
    }
}

extension ProofOutcome {
    /// What was proven.
    ///
    /// - Throws: The refusal.
    func value() throws(AuthError) -> Value {
        switch self {
        case .proven(let value): return value
        case .refused(let error): throw error
        }
    }
}
