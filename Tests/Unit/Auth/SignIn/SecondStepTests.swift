import Crypto
import Testing
import TestSupport

@testable import Auth

/// Signing in with a password and a second factor.
struct SecondStepTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let factors: SampleFactors

    init() throws {
        world = try .unlimited(.owner, .customer)
        service = try world.service()
        factors = try world.addFactors(to: email)
    }

    private func answer(
        _ pending: PendingSignIn, _ code: String? = nil, by client: SignInClient = .sample
    ) throws(AuthError) -> SignedIn {
        try service.secondStep(
            SecondStep(.totp, code ?? factors.code(at: world.clock.now), of: pending.challenge),
            by: client)
    }

    @Test func `the right password of an account with a factor begins no session`() throws {
        let pending = try service.firstStep(email)
        #expect(pending.purpose == .secondFactor && pending.methods == [.totp, .recovery])
        #expect(pending.email.address == email && pending.browserToken == nil)
        #expect(pending.expiresAt == world.clock.now.adding(seconds: 600))
        #expect(world.store.memory.sessions.isEmpty && world.store.memory.mails.isEmpty)
        let stored = try #require(world.store.memory.challenges.first)
        #expect(stored.hash != SHA256.digest(pending.challenge.utf8))
        #expect(stored.hash == AuthContext.hash(ofCookie: Array(pending.challenge.utf8)[...]))
        for credential in [
            PresentedCredential.cookie(pending.challenge), .bearer(pending.challenge),
        ] {
            #expect(throws: AuthError.self) { try service.identify(credential) }
        }
    }

    @Test func `a wrong password makes no challenge, after the same work`() throws {
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        #expect(world.store.memory.challenges.isEmpty && world.store.writes == 1)
    }

    @Test func `a code of the app completes the sign-in`() throws {
        let signedIn = try answer(service.firstStep(email))
        let session = try #require(world.liveSessions(of: email).first)
        #expect(session.methods == [.password, .oneTimeCode] && session.methods.hasTwoFactors)
        #expect(session.factorAt == session.createdAt)
        #expect(session.authenticatedAt == session.createdAt)
        #expect(world.store.memory.challenges.isEmpty)
        #expect(signedIn.trust == nil && signedIn.recoveryCodesLeft == nil)
        #expect(service.client(signedIn.deviceToken).device?.accountID == signedIn.account.id)
        try service.authenticate(.cookie(signedIn.sessionToken))
        try service.authenticate(.bearer(signedIn.accessToken))
    }

    @Test func `a recovery code works once, is counted and reported`() throws {
        world.confirm(email)
        let code = factors.recoveryCodes[3]
        let pending = try service.firstStep(email)
        let signedIn = try service.secondStep(
            SecondStep(.recovery, code.lowercased(), of: pending.challenge))
        #expect(signedIn.recoveryCodesLeft == 9)
        #expect(try world.mails(of: .recoveryCodeUsed).map { $0.values["left"] } == ["9"])
        let again = try service.firstStep(email)
        #expect(throws: AuthError.invalidCode(.codeWrong)) {
            try service.secondStep(SecondStep(.recovery, code, of: again.challenge))
        }
    }

    @Test func `a used code of the app is refused in a later sign-in`() throws {
        let code = factors.code(at: world.clock.now)
        _ = try answer(service.firstStep(email), code)
        let pending = try service.firstStep(email)
        #expect(throws: AuthError.invalidCode(.codeUsed)) { try answer(pending, code) }
        world.clock.advance(seconds: 30)
        _ = try answer(pending)
    }

    @Test func `a challenge is good for one session`() throws {
        let pending = try service.firstStep(email)
        _ = try answer(pending)
        world.clock.advance(seconds: 30)
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try answer(pending) }
        #expect(world.liveSessions(of: email).count == 1)
    }

    @Test func `of many answers to one challenge at once, one wins`() throws {
        let (world, factors) = (world, factors)
        let pending = try service.firstStep(email)
        let wins = try inParallel(8) { index in
            // Different codes: the challenge decides, not the code.
            let step = SecondStep(
                .recovery, factors.recoveryCodes[index], of: pending.challenge)
            return (try? world.service().secondStep(step)) != nil
        }
        #expect(wins.count { $0 } == 1 && world.liveSessions(of: email).count == 1)
    }

    @Test func `of many sign-ins with one code at once, one wins`() throws {
        let (world, code) = (world, factors.code(at: world.clock.now))
        let pending = try (0..<8).map { _ in try service.firstStep(email).challenge }
        let wins = try inParallel(8) { index in
            let step = SecondStep(.totp, code, of: pending[index])
            return (try? world.service().secondStep(step)) != nil
        }
        #expect(wins.count { $0 } == 1 && world.liveSessions(of: email).count == 1)
    }

    @Test func `five wrong answers end a challenge, also at once`() throws {
        let (world, wrong) = (world, factors.wrongCode(at: world.clock.now))
        let pending = try service.firstStep(email)
        let errors = try inParallel(12) { _ in
            failure { () throws(AuthError) in
                let service: AuthService
                do { service = try world.service() } catch { throw .unavailable("\(error)") }
                try service.secondStep(SecondStep(.totp, wrong, of: pending.challenge))
            }
        }
        #expect(errors.count { $0 == .invalidCode(.codeWrong) } == 5)
        #expect(errors.count { $0 == .invalidChallenge(.challengeUnknown) } == 7)
        #expect(world.store.memory.challenges.isEmpty)
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try answer(pending) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a challenge ends after ten minutes`() throws {
        let pending = try service.firstStep(email)
        world.clock.advance(seconds: 599)
        _ = try answer(pending)
        let late = try service.firstStep(email)
        world.clock.advance(seconds: 600)
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try answer(late) }
    }

    @Test func `a challenge of a form is answered only with the cookie of its browser`() throws {
        let pending = try service.firstStep(email, by: .form())
        let cookie = try #require(pending.browserToken)
        let other = try #require(try service.firstStep(email, by: .form()).browserToken)
        for client in [SignInClient.sample, .form(), .form(pending: other)] {
            #expect(throws: AuthError.invalidChallenge(.challengeOfAnotherBrowser)) {
                try answer(pending, by: client)
            }
        }
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) {
            try service.secondStep(SecondStep(.totp, "000000"), by: .form())
        }
        #expect(world.store.memory.sessions.isEmpty)
        let found = try service.signIn.pendingSignIn(by: .form(pending: cookie))
        #expect(found.challenge == pending.challenge && found.methods == pending.methods)
        #expect(found.browserToken == nil && found.expiresAt == pending.expiresAt)
        let code = factors.code(at: world.clock.now)
        try service.secondStep(SecondStep(.totp, code), by: .form(pending: cookie))
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) {
            try service.signIn.pendingSignIn(by: .form(pending: cookie))
        }
    }

    @Test func `a challenge is worth nothing after the password was changed`() throws {
        let pending = try service.firstStep(email)
        _ = try service.administration.setPassword("another password", ofEmail: email)
        #expect(world.store.memory.challenges.isEmpty)
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try answer(pending) }
        // Also where the challenge survived: its mark is that of the former password.
        let second = try service.firstStep(email, "another password")
        let hash = PasswordHash.derive(
            password: Array("third".utf8), iterations: 1_000, using: PBKDF2(.blockFunction))
        world.store.change { memory in
            memory.credentials = memory.credentials.map {
                AccountCredential(account: $0.account, passwordHash: hash)
            }
        }
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try answer(second) }
    }

    @Test func `a hash of more iterations is the same password`() throws {
        let pending = try world.service(iterations: 2_000).firstStep(email)
        #expect(
            world.store.memory.credentials.contains {
                $0.account.email.address == email && $0.passwordHash?.iterations == 2_000
            })
        _ = try answer(pending)
    }

    @Test(arguments: [
        (Account.Status.disabled, AuthError.accountDisabled), (.pending, .pendingApproval),
    ])
    func `an account that may no longer sign in does not`(
        status: Account.Status, error: AuthError
    ) throws {
        let pending = try service.firstStep(email)
        world.change(email) { $0.status = status }
        #expect(throws: error) { try answer(pending) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a new device is announced when the session begins`() throws {
        world.confirm(email)
        _ = try answer(service.firstStep(email))
        world.clock.advance(seconds: 30)
        let other = SignInClient(
            ClientContext(network: .sample, address: nil, userAgent: "Other/1.0"))
        let pending = try service.firstStep(email, by: other)
        #expect(try world.mails(of: .newDevice).isEmpty)
        _ = try answer(pending, by: other)
        #expect(try world.mails(of: .newDevice).count == 1)
    }

    @Test func `missing and unknown inputs are reported together`() {
        let service = service
        #expect(fieldsAtFault { try service.secondStep(SecondStep()) } == ["challenge"])
        var step = SecondStep()
        step.challenge = .text(String(repeating: "A", count: 43))
        let known = step
        #expect(fieldsAtFault { try service.secondStep(known) } == ["method"])
        step.method = .text("password")
        let password = step
        #expect(fieldsAtFault { try service.secondStep(password) } == ["method"])
        step.method = .text("totp")
        let codeless = step
        #expect(fieldsAtFault { try service.secondStep(codeless) } == ["code"])
    }
}

/// Guessing codes when the password is known.
struct CodeGuessingTests {
    private let email = Person.customer.email

    /// How many wrong proofs a stranger has before it has to wait.
    private func guesses(_ guess: (AuthService, World) throws -> Void) throws -> Int {
        let world = try World(.owner, .customer)
        _ = try world.addFactors(to: email)
        let service = try world.service()
        for count in 0..<100 {
            do {
                try guess(service, world)
            } catch AuthError.tooManyRequests {
                return count
            } catch {}
        }
        return 100
    }

    @Test func `wrong codes count as wrong passwords, and beginning again resets nothing`() throws {
        let email = email
        let passwords = try guesses { service, _ in try service.login(email, "wrong") }
        let codes = try guesses { service, _ in
            let pending = try service.firstStep(email)
            try service.secondStep(SecondStep(.recovery, "AAAA", of: pending.challenge))
        }
        #expect(codes == passwords && codes < 100)
    }

    @Test func `half sign-ins use up none of the sessions that an account may begin`() throws {
        let world = try World(.owner, .customer)
        let factors = try world.addFactors(to: email)
        let service = try world.service()
        for _ in 0..<240 {
            world.clock.advance(seconds: 1)
            _ = try service.firstStep(email)
        }
        let pending = try service.firstStep(email)
        try service.secondStep(
            SecondStep(.totp, factors.code(at: world.clock.now), of: pending.challenge))
    }

    @Test func `a right code is no failure, and clears none`() throws {
        let world = try World(.owner, .customer)
        let factors = try world.addFactors(to: email)
        let service = try world.service()
        for _ in 0..<20 {
            world.clock.advance(seconds: 30)
            let pending = try service.firstStep(email)
            try service.secondStep(
                SecondStep(
                    .totp, factors.code(at: world.clock.now), of: pending.challenge))
        }
    }
}
