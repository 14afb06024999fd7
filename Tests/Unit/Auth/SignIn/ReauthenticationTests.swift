import Crypto
import Testing
import TestSupport

@testable import Auth

/// Proving in a session that its holder is still present.
struct ReauthenticationTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func removeApp(by session: Credentials) throws {
        try service.factors.removeTOTP(by: service.caller(session), from: .sample)
    }

    private func stored(_ session: Credentials) throws -> Session {
        try #require(world.liveSessions(of: email).first { $0.id == session.session.id })
    }

    @Test func `the password proves presence where there is no second factor`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 3_600)
        #expect(wantedMethods { try makeKey(by: session) } == [.password])
        #expect(throws: AuthError.wrongPassword) {
            try service.reauthenticate(.password, password: "wrong", in: session)
        }
        let refreshed = try service.reauthenticate(
            .password, password: Person.password, in: session)
        #expect(refreshed.cookieLifetime == nil)
        try service.authenticate(.bearer(refreshed.accessToken))
        let now = try stored(session)
        #expect(now.authenticatedAt == world.clock.now && now.factorAt == nil)
        try makeKey(by: session)
    }

    private func makeKey(by session: Credentials, _ password: TextInput = .absent) throws {
        var request = APIKeyRequest()
        request.name = .text("ci")
        request.password = password
        _ = try service.createAPIKey(request, by: service.caller(session))
    }

    @Test func `a session with one factor neither removes the other nor creates a key`() throws {
        let factors = try world.addFactors(to: email)
        let stolen = try world.signIn(email)
        #expect(wantedMethods { try removeApp(by: stolen) } == [.totp, .recovery])
        #expect(wantedMethods { try makeKey(by: stolen) } == [.totp, .recovery])
        #expect(
            wantedMethods { try makeKey(by: stolen, .text(Person.password)) }
                == [.totp, .recovery])
        #expect(
            wantedMethods {
                try service.changePassword(to: "another password", by: stolen)
            } == [.totp, .recovery])
        #expect(
            wantedMethods { try service.changeEmail(to: "new@example.org", by: stolen) }
                == [.totp, .recovery])
        #expect(wantedMethods { try service.deleteAccount(of: stolen) } == [.totp, .recovery])
        #expect(
            wantedMethods {
                try service.reauthenticate(.password, password: Person.password, in: stolen)
            } == [.totp, .recovery])
        #expect(world.gate.turns == 0 && world.store.memory.apiKeys.isEmpty)
        #expect(try stored(stolen) == stolen.session)
        try service.reauthenticate(
            .totp, code: factors.code(at: world.clock.now), in: stolen)
        try removeApp(by: stolen)
        #expect(world.store.memory.factors.isEmpty)
    }

    @Test func `a code raises the session to two factors for ten minutes`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 60)
        let factors = try world.addFactors(to: email)
        world.clock.advance(seconds: 60)
        let refreshed = try service.reauthenticate(
            .totp, code: factors.code(at: world.clock.now), in: session)
        let raised = try stored(session)
        #expect(raised.methods == [.password, .oneTimeCode])
        #expect(raised.methods.references == ["pwd", "otp", "mfa"])
        #expect(raised.factorAt == world.clock.now && raised.authenticatedAt == world.clock.now)
        let claims = String(
            decoding: try #require(
                Base64URL.decode(
                    Array(refreshed.accessToken.utf8.split(separator: UInt8(ascii: "."))[1]))),
            as: UTF8.self)
        #expect(claims.contains(#""amr":["pwd","otp","mfa"]"#))
        #expect(claims.contains(#""auth_time":\#(world.clock.now.seconds)"#))
        world.clock.advance(seconds: 599)
        try makeKey(by: session)
        world.clock.advance(seconds: 1)
        #expect(wantedMethods { try makeKey(by: session) } == [.totp, .recovery])
        #expect(try stored(session).methods.hasTwoFactors)
    }

    @Test func `a sign-in that is older than the factor is no proof of it`() throws {
        let session = try world.signIn(email, by: [.password, .oneTimeCode])
        world.clock.advance(seconds: 1)
        let factors = try world.addFactors(to: email)
        #expect(wantedMethods { try removeApp(by: session) } == [.totp, .recovery])
        let code = factors.code(at: world.clock.now)
        try service.reauthenticate(.totp, code: code, in: session)
        try removeApp(by: session)
    }

    @Test func `a proof by a former app is none once another one took its place`() throws {
        let former = try world.addFactors(to: email)
        let session = try world.signIn(email)
        try service.reauthenticate(.totp, code: former.code(at: world.clock.now), in: session)
        let owner = FactorOwner.caller(try service.caller(session))
        let begun = try service.factors.beginTOTP(by: owner, password: .absent, from: .sample)
        world.clock.advance(seconds: 1)
        let secret = try #require(Base32.decode(begun.secret.utf8).flatMap { Secret(bytes: $0) })
        let present = SampleFactors(secret: secret, recoveryCodes: former.recoveryCodes)
        _ = try service.factors.confirmTOTP(
            code: .text(present.code(at: world.clock.now)), by: owner, from: .sample)
        #expect(wantedMethods { try removeApp(by: session) } == [.totp, .recovery])
        world.clock.advance(seconds: 30)
        try service.reauthenticate(.totp, code: present.code(at: world.clock.now), in: session)
        try removeApp(by: session)
    }

    @Test func `a sign-in with a recovery code is a proof, so that a lost phone is removed`() throws
    {
        let factors = try world.addFactors(to: email)
        let pending = try service.firstStep(email)
        let signedIn = try service.secondStep(
            SecondStep(.recovery, factors.recoveryCodes[0], of: pending.challenge))
        let caller = try service.signIn.authenticate(
            .cookie(signedIn.sessionToken), for: .person)
        try service.factors.removeTOTP(by: caller, from: .sample)
    }

    @Test func `a recovery code takes the password, too`() throws {
        let factors = try world.addFactors(to: email)
        let session = try world.signIn(email)
        let (service, code) = (service, factors.recoveryCodes[0])
        #expect(
            fieldsAtFault { try service.reauthenticate(.recovery, code: code, in: session) }
                == ["password"])
        #expect(throws: AuthError.wrongPassword) {
            try service.reauthenticate(.recovery, password: "wrong", code: code, in: session)
        }
        try service.reauthenticate(
            .recovery, password: Person.password, code: code, in: session)
        #expect(throws: AuthError.invalidCode(.codeWrong)) {
            try service.reauthenticate(
                .recovery, password: Person.password, code: code, in: session)
        }
    }

    @Test func `an account without a password is not asked for a recovery code`() throws {
        let factors = try world.addFactors(to: email)
        try world.addPasskey(to: email, removingPassword: true)
        let session = try world.signIn(email)
        let wanted = try #require(wantedMethods { try removeApp(by: session) })
        #expect(wanted.contains(.totp) && !wanted.contains(.recovery))
        #expect(
            wantedMethods {
                try service.reauthenticate(
                    .recovery, password: Person.password, code: factors.recoveryCodes[0],
                    in: session)
            } == wanted)
        #expect(try service.signIn.proofMethods(of: service.caller(session)) == wanted)
    }

    @Test func `of many sessions that prove one code at once, one is raised`() throws {
        let factors = try world.addFactors(to: email)
        let (world, code) = (world, factors.code(at: world.clock.now))
        world.throttle.setEnabled(false)
        let sessions = try (0..<8).map { _ in try world.signIn(email) }
        let wins = try inParallel(8) { index in
            (try? world.service().reauthenticate(.totp, code: code, in: sessions[index])) != nil
        }
        #expect(wins.count { $0 } == 1)
        #expect(world.liveSessions(of: email).count { $0.factorAt != nil } == 1)
    }

    @Test func `wrong codes count as failures of the session`() throws {
        let factors = try world.addFactors(to: email)
        let session = try world.signIn(email)
        #expect((10..<30).contains(guesses(at: factors, in: session)))
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
            try service.reauthenticate(
                .totp, code: factors.code(at: world.clock.now), in: session)
        }
    }

    /// How many wrong codes a session may enter at once, of thirty.
    private func guesses(at factors: SampleFactors, in session: Credentials) -> Int {
        let wrong = factors.wrongCode(at: world.clock.now)
        for count in 0..<30 {
            do throws(AuthError) {
                try service.reauthenticate(.totp, code: wrong, in: session)
            } catch .tooManyRequests {
                return count
            } catch {
                #expect(error == .invalidCode(.codeWrong))
            }
        }
        return 30
    }

    @Test func `a further session has no guesses of its own, and the password is still accepted`()
        throws
    {
        let factors = try world.addFactors(to: email)
        #expect(guesses(at: factors, in: try world.signIn(email)) >= 10)
        let another = try world.signIn(email)
        #expect(guesses(at: factors, in: another) == 0)
        #expect(throws: AuthError.wrongPassword) {
            try service.reauthenticate(
                .recovery, password: "wrong", code: factors.recoveryCodes[0], in: another)
        }
    }

    @Test func `a right code gives back what it took of each count`() throws {
        let factors = try world.addFactors(to: email)
        let session = try world.signIn(email)
        for _ in 0..<12 {
            world.clock.advance(seconds: 30)
            let code = factors.code(at: world.clock.now)
            try service.reauthenticate(.totp, code: code, in: session)
        }
        #expect(guesses(at: factors, in: session) >= 10)
    }

    @Test func `a factor that is added meanwhile is wanted at once`() throws {
        let (world, email) = (world, email)
        let session = try world.signIn(email)
        world.gate.duringNextTurn {
            #expect(throws: Never.self) { try world.addFactors(to: email) }
        }
        #expect(
            wantedMethods { try makeKey(by: session, .text(Person.password)) }
                == [.totp, .recovery])
        #expect(world.store.memory.apiKeys.isEmpty)
    }

    @Test func `an API key proves no presence`() throws {
        let key = try world.makeKey(of: email).text
        let caller = try service.identify(.bearer(key))
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try service.signIn.reauthenticate(
                ReauthenticationRequest(method: .text("password")), by: caller, from: .sample)
        }
    }
}
