import Crypto

/// What a second factor is proven with, as sent and not verified.
enum FactorProofInput: Sendable {
    /// A code of an authenticator app.
    case totp(String)
    /// A recovery code.
    case recovery(String)
    /// The response of a passkey.
    case passkey(PasskeyAssertion)

    /// Reads the proof by a method.
    ///
    /// - Parameters:
    ///   - method: Any but `password`.
    ///   - code: As sent; for `totp` and `recovery`.
    ///   - credential: As sent; for `passkey`.
    ///   - objections: Collects what is missing or malformed; the proof is nil then.
    init?(
        _ method: SignInMethod, code: TextInput, credential: PasskeyInput,
        _ objections: inout [InvalidInput]
    ) {
        switch method {
        case .password: return nil
        case .totp:
            guard let code = code.required(as: "code", &objections) else { return nil }
            self = .totp(code)
        case .recovery:
            guard let code = code.required(as: "code", &objections) else { return nil }
            self = .recovery(code)
        case .passkey:
            guard let assertion = credential.required(&objections) else { return nil }
            self = .passkey(assertion)
        }
    }

    /// The method of the proof.
    var method: SignInMethod {
        switch self {
        case .totp: .totp
        case .recovery: .recovery
        case .passkey: .passkey
        }
    }
}

/// A second factor that was proven in a transaction.
struct ProvenFactor: Sendable, Equatable {
    /// How; never the password.
    let methods: AuthenticationMethods
    /// How many recovery codes are left, after one was used; nil otherwise.
    var recoveryCodesLeft: Int?
}

/// What a passkey proves, for which its challenge was made: a response is good for nothing else.
enum PasskeyOccasion: Sendable, Equatable {
    /// The second step of the sign-in whose challenge has this hash.
    case secondStep(Digest)
    /// Authenticating again in this session.
    case reauthentication(UUID)
}

extension AuthError {
    /// Whether the error says that a proof was tried and is wrong: it counts as a failure.
    var isWrongProof: Bool {
        switch self {
        case .invalidCode, .invalidPasskey: true
        default: false
        }
    }
}

/// Verifies second factors, in the transaction that acts on them.
struct FactorProver: Sendable {
    private let vault: FactorVault
    private let mail: MailWriter
    /// Nil where passkeys cannot be used.
    private let passkeys: PasskeyCeremony?

    init(_ context: AuthContext) {
        vault = context.vault
        mail = context.mail
        passkeys = PasskeyCeremony(context)
    }

    /// Verifies a second factor of an account and uses it up.
    ///
    /// - Parameters:
    ///   - input: The proof.
    ///   - account: The account.
    ///   - occasion: What it is proven for.
    ///   - client: Where the request comes from.
    ///   - transaction: Commits also when the proof is wrong: the challenge of a passkey is used up then.
    /// - Returns: What was proven.
    /// - Throws: `invalidCode`, `invalidPasskey` for a wrong proof; `invalidChallenge` for a passkey whose
    ///   challenge is not one of this occasion, `noSecondFactor` without such a factor, `passkeysUnavailable`; `unavailable`.
    func prove(
        _ input: FactorProofInput, of account: Account, for occasion: PasskeyOccasion,
        from client: ClientContext, in transaction: any Transaction
    ) throws(AuthError) -> ProvenFactor {
        switch input {
        case .totp(let code):
            try transaction.proveTOTP(code: code, of: account.id, by: vault)
            return ProvenFactor(methods: .oneTimeCode)
        case .recovery(let code):
            let left = try transaction.proveRecoveryCode(code: code, of: account.id, by: vault)
            try transaction.announceRecoveryCodeUsed(
                left: left, to: account, from: client, by: mail)
            return ProvenFactor(methods: .oneTimeCode, recoveryCodesLeft: left)
        case .passkey(let assertion):
            guard let passkeys else { throw .passkeysUnavailable }
            return try passkeys.prove(assertion, of: account, for: occasion, in: transaction)
        }
    }
}
