import Crypto
import TestSupport
import Testing

@testable import Auth

/// An authenticator app whose secret every test knows.
enum SampleApp {
    private static let bytes = [UInt8](repeating: 7, count: TOTP.secretBytes)

    static func secret() throws -> Secret { try #require(Secret(bytes: bytes)) }

    /// The code that it shows when a clock begins; empty without a secret.
    static let code: String = {
        guard let secret = Secret(bytes: bytes) else { return "" }
        return TOTP.code(secret: secret, step: TOTP.step(at: TestClock.start.seconds))
    }()

    /// A code that it shows neither then nor shortly before or after.
    static let wrongCode: String = {
        guard let secret = Secret(bytes: bytes) else { return "" }
        let step = TOTP.step(at: TestClock.start.seconds)
        let right = (-1...1).map { TOTP.code(secret: secret, step: step + $0) }
        return ["000000", "111111", "222222", "333333"].first { !right.contains($0) } ?? ""
    }()
}

/// The text of a challenge that every test knows.
enum SampleChallenge {
    static let bytes = [UInt8](repeating: 9, count: 32)
    static let text = Base64URL.encode(bytes)
    /// The text that follows from it where it is the cookie of a form's sign-in.
    static let textOfForm = SignInChallengeKey(cookie: Array(text.utf8)[...])?.text ?? ""
}

extension World {
    /// Gives an account an authenticator app, directly in the store.
    ///
    /// - Parameters:
    ///   - person: The account.
    ///   - lastUsedStep: The step of the code that was used last.
    /// - Throws: Without such an account.
    func addApp(to person: Person, lastUsedStep: Int64 = 0) throws {
        let id = try #require(account(person.email)).id
        let (secret, vault) = (try SampleApp.secret(), vault)
        try store.write { transaction throws(AuthError) in
            let app = AuthenticatorApp(secret: secret, lastUsedStep: lastUsedStep)
            let credential = UUID.random()
            try transaction.insert(
                Credential(
                    id: credential, accountID: id, kind: .totp,
                    data: vault.seal(app, of: id, credential, in: transaction),
                    createdAt: transaction.now))
        }
    }

    /// Adds the sample challenge.
    ///
    /// - Parameters:
    ///   - purpose: Its purpose.
    ///   - person: The account; nil for none.
    ///   - isOfForm: Whether it belongs to another browser.
    ///   - failures: How often it was answered wrong.
    func addChallenge(
        _ purpose: Challenge.Purpose, of person: Person? = nil, isOfForm: Bool = false,
        failures: Int = 0
    ) {
        let owner = person.flatMap { person in
            store.memory.credentials.first { $0.account.email.address == person.email }
        }
        let (hash, now) = (SHA256.digest(SampleChallenge.bytes), clock.now)
        let challenge = Challenge(
            hash: hash, purpose: purpose, accountID: owner?.account.id,
            browser: isOfForm ? hash : nil,
            data: owner?.passwordHash.map { PasswordMark($0).bytes } ?? [], failures: failures,
            createdAt: now, expiresAt: now.adding(seconds: purpose.lifetime))
        store.change { $0.challenges.append(challenge) }
    }

    /// Begins the sign-in of a form, in the browser whose cookie is the sample.
    ///
    /// - Parameters:
    ///   - purpose: `secondFactor` or `enrolment`.
    ///   - person: The account.
    ///   - failures: How often it was answered wrong.
    /// - Throws: Without such an account.
    func beginSignIn(
        _ purpose: Challenge.Purpose, of person: Person, failures: Int = 0
    ) throws {
        let key = try #require(
            SignInChallengeKey(cookie: Array(SampleChallenge.text.utf8)[...]))
        let owner = try #require(
            store.memory.credentials.first { $0.account.email.address == person.email })
        let password = try #require(owner.passwordHash)
        let now = clock.now
        let challenge = Challenge(
            hash: key.hash, purpose: purpose, accountID: owner.account.id,
            browser: SHA256.digest(SampleChallenge.bytes), data: PasswordMark(password).bytes,
            failures: failures, createdAt: now, expiresAt: now.adding(seconds: purpose.lifetime))
        store.change { $0.challenges.append(challenge) }
    }
}
