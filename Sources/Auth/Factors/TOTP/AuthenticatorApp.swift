import Bytes
import Crypto

/// What an account shares with an authenticator app.
struct AuthenticatorApp {
    let secret: Secret
    /// The step of the code that was accepted last; it and all before it never match again.
    private(set) var lastUsedStep: Int64

    private static let stepBytes = 8

    /// An app whose first code was of this step.
    init(secret: Secret, lastUsedStep: Int64) {
        self.secret = secret
        self.lastUsedStep = lastUsedStep
    }

    /// Reads what `FactorVault` opened; nil when it has another length.
    init?(data: [UInt8]) {
        guard data.count == TOTP.secretBytes + Self.stepBytes,
            let secret = Secret(bytes: data.prefix(TOTP.secretBytes))
        else { return nil }
        let step = data.dropFirst(TOTP.secretBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(secret: secret, lastUsedStep: Int64(bitPattern: step))
    }

    /// What `FactorVault` seals: the secret, then the step in network order.
    ///
    /// The caller wipes it.
    var data: [UInt8] {
        let step = UInt64(bitPattern: lastUsedStep)
        return secret.withBytes { [UInt8](copying: $0) }
            + (0..<Self.stepBytes).map { UInt8(truncatingIfNeeded: step >> UInt64(56 - 8 * $0)) }
    }

    /// Uses up a code.
    ///
    /// - Parameters:
    ///   - code: As typed.
    ///   - time: Now.
    /// - Returns: Nil when it was right; else why not.
    mutating func use(_ code: String, at time: Timestamp) -> Reason? {
        let typed = code.utf8.prefix(Self.maximumTypedBytes)
        if let step = TOTP.matchingStep(
            code: typed, secret: secret, at: time.seconds, after: lastUsedStep)
        {
            lastUsedStep = step
            return nil
        }
        let isOld =
            TOTP.matchingStep(code: typed, secret: secret, at: time.seconds, after: nil) != nil
        return isOld ? .codeUsed : .codeWrong
    }

    /// More than six digits with spaces ever are.
    static let maximumTypedBytes = 64
}

extension Transaction {
    /// Proves an account by a code of its authenticator app, and uses the code up.
    ///
    /// - Parameters:
    ///   - code: As typed.
    ///   - accountID: The account.
    ///   - vault: Opens and seals the app's secret.
    /// - Throws: `invalidCode` for a wrong code, or one that was used; `noSecondFactor` without an app;
    ///   `unavailable`.
    func proveTOTP(
        code: String, of accountID: UUID, by vault: FactorVault
    ) throws(AuthError) {
        let found = try credentials(of: accountID).first { $0.kind == .totp }
        guard var credential = found else { throw .noSecondFactor }
        var data = try vault.open(credential, in: self)
        defer { wipe(&data) }
        guard var app = AuthenticatorApp(data: data) else {
            throw FactorVault.unusable("an authenticator app has data of another length")
        }
        if let reason = app.use(code, at: now) { throw .invalidCode(reason) }
        credential.data = try vault.seal(app, of: accountID, credential.id, in: self)
        credential.lastUsedAt = now
        try update(credential)
    }
}

extension FactorVault {
    /// Seals an authenticator app.
    ///
    /// - Throws: `unavailable`.
    func seal(
        _ app: AuthenticatorApp, of accountID: UUID, _ id: UUID, in transaction: any Transaction
    ) throws(AuthError) -> [UInt8] {
        var data = app.data
        defer { wipe(&data) }
        return try seal(data, for: accountID, id, .totp, in: transaction)
    }
}
