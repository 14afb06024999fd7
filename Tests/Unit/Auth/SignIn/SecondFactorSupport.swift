import Crypto
import Testing
import TestSupport

@testable import Auth

/// The authenticator app and the recovery codes of an account in a test.
struct SampleFactors: Sendable {
    let secret: Secret
    let recoveryCodes: [String]

    /// The code that the app shows.
    func code(at time: Timestamp) -> String {
        TOTP.code(secret: secret, step: TOTP.step(at: time.seconds))
    }

    /// A code that the app shows neither now nor shortly before or after.
    func wrongCode(at time: Timestamp) -> String {
        let step = TOTP.step(at: time.seconds)
        let right = (-1...1).map { TOTP.code(secret: secret, step: step + $0) }
        return ["000000", "111111", "222222", "333333"].first { !right.contains($0) } ?? ""
    }
}

extension World {
    /// A world without limits on how often one may fail.
    static func unlimited(
        _ people: Person..., edit: (inout AuthService.Rules) -> Void = { _ in }
    ) throws -> World {
        var rules = try AuthService.Rules.sample()
        edit(&rules)
        return try World(people: people, isThrottled: false, rules: rules)
    }

    /// Gives an account an authenticator app and recovery codes, directly in the store.
    func addFactors(to email: String) throws -> SampleFactors {
        let id = try #require(account(email)).id
        let (secret, vault) = (Secret.random(count: TOTP.secretBytes), vault)
        let (codes, texts) = RecoveryCodes.new()
        try store.write { transaction throws(AuthError) in
            let app = AuthenticatorApp(secret: secret, lastUsedStep: 0)
            let credential = UUID.random()
            try transaction.insert(
                Credential(
                    id: credential, accountID: id, kind: .totp,
                    data: vault.seal(app, of: id, credential, in: transaction),
                    createdAt: transaction.now))
            try transaction.replaceRecoveryCodes(of: id, by: codes, sealing: vault)
        }
        return SampleFactors(secret: secret, recoveryCodes: texts)
    }

    /// Gives an account a passkey that verifies nothing, and takes its password if so wanted.
    func addPasskey(to email: String, removingPassword: Bool = false) throws {
        let (id, now) = (try #require(account(email)).id, clock.now)
        store.change { memory in
            memory.factors.append(
                Credential(
                    id: .random(), accountID: id, kind: .passkey, handle: [1], name: "Key",
                    data: [], createdAt: now))
        }
        guard removingPassword else { return }
        try store.write { transaction throws(AuthError) in
            try transaction.deletePassword(of: id)
        }
    }

    /// The live sessions of an account.
    func liveSessions(of email: String) -> [Session] {
        let (id, now) = (account(email)?.id, clock.now)
        return store.memory.sessions.filter { $0.session.accountID == id && $0.isLive(at: now) }
            .map(\.session)
    }
}

extension SignInClient {
    static let sample = SignInClient(.sample)

    /// A browser that posts forms, with these cookies.
    static func form(pending: String? = nil, trust: String? = nil) -> SignInClient {
        SignInClient(
            .sample, trustCookie: trust.map { Array($0.utf8)[...] },
            pendingCookie: pending.map { Array($0.utf8)[...] }, isForm: true)
    }

    /// A program with the cookie of a trusted browser.
    static func trusted(_ token: String) -> SignInClient {
        SignInClient(.sample, trustCookie: Array(token.utf8)[...])
    }
}

extension SecondStep {
    init(
        _ method: SignInMethod, _ code: String, of challenge: String? = nil, trusts: Bool = false
    ) {
        self.init()
        self.challenge = challenge.map(TextInput.text) ?? .absent
        self.method = .text(method.rawValue)
        self.code = .text(code)
        self.trusts = trusts
    }
}

extension AuthService {
    /// The step that waits after the right password.
    func firstStep(
        _ email: String, _ password: String = Person.password, by client: SignInClient = .sample
    ) throws -> PendingSignIn {
        do {
            _ = try signIn.login(email: .text(email), password: .text(password), by: client)
            throw NoStepWaits()
        } catch AuthError.secondFactorRequired(let pending) {
            return pending
        } catch AuthError.factorEnrolmentRequired(let pending?) {
            return pending
        }
    }

    @discardableResult
    func secondStep(
        _ step: SecondStep, by client: SignInClient = .sample
    ) throws(AuthError) -> SignedIn {
        try signIn.completeSignIn(step, by: client)
    }

    @discardableResult
    func reauthenticate(
        _ method: SignInMethod, password: String? = nil, code: String? = nil,
        in session: Credentials
    ) throws(AuthError) -> Refreshed {
        try signIn.reauthenticate(
            ReauthenticationRequest(
                method: .text(method.rawValue), password: password.map(TextInput.text) ?? .absent,
                code: code.map(TextInput.text) ?? .absent),
            by: caller(session), from: .sample)
    }
}

/// The password alone began a session.
private struct NoStepWaits: Error {}

/// The methods that `work` asks to authenticate again by; nil when it succeeds or fails otherwise.
func wantedMethods(_ work: () throws -> Void) -> [SignInMethod]? {
    do {
        try work()
        return nil
    } catch AuthError.reauthenticationRequired(let methods) {
        return methods
    } catch {
        return nil
    }
}
