import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the record says of sessions.
struct SessionEventsTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .disabled)
        service = try world.service()
        service.begin(for: .sample)
    }

    private var id: UUID {
        get throws { try #require(world.account(email)).id }
    }

    @Test func `a sign-in says who, from where, and by which methods`() throws {
        try service.login(email)
        let session = try #require(world.liveSessions(of: email).first)
        #expect(world.kinds == [.sessionCreated])
        let event = try #require(world.events.first)
        #expect(try event.subject == id && event.actor == .account(id))
        #expect(event.object == session.id && event.time == world.clock.now)
        #expect(event.client.address == "192.0.2.1" && event.client.agent == "Sample/1.0")
        #expect(event.value("methods") == "pwd")
        #expect(event.value("expires") == session.expiresAt.rfc3339)
    }

    @Test func `a new account begins with a session on the record`() throws {
        let ids = [
            try service.signup("new@example.org").account.id,
            try service.register("newer@example.org").signedIn.account.id,
        ]
        let events = world.events(.sessionCreated)
        #expect(events.map(\.subject) == ids)
        #expect(zip(events, ids).allSatisfy { $0.actor == .account($1) })
        #expect(
            events.map(\.object) == world.store.memory.sessions.map { $0.session.id })
    }

    @Test func `a refused sign-in begins no session on the record`() throws {
        #expect(throws: AuthError.accountDisabled) { try service.login(Person.disabled.email) }
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        #expect(world.events.isEmpty)
    }

    @Test func `signing out ends each session once`() throws {
        let session = try world.signIn(email)
        let credentials = [
            PresentedCredential.cookie(session.cookie), .bearer(session.token),
        ]
        try service.signIn.logout(credentials)
        try service.signIn.logout(credentials)
        #expect(world.kinds == [.sessionEnded])
        let event = try #require(world.events.first)
        #expect(event.object == session.session.id && event.value("reason") == "sign_out")
        #expect(try event.subject == id && event.actor == .account(id))
    }

    @Test func `a session that has expired ends without an event`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: Int(world.rules.sessionLifetime))
        try service.signIn.logout([.cookie(session.cookie)])
        #expect(world.store.memory.sessions.allSatisfy { $0.endedAt != nil })
        #expect(world.events.isEmpty)
    }

    @Test func `a sign-in in the same browser replaces its session`() throws {
        let session = try world.signIn(email)
        _ = try service.signIn.login(
            email: .text(email), password: .text(Person.password),
            by: SignInClient(.sample, sessionCookie: Array(session.cookie.utf8)[...]))
        #expect(world.kinds == [.sessionEnded, .sessionCreated])
        #expect(world.events[0].object == session.session.id)
        #expect(world.events[0].value("reason") == "replaced")
        #expect(try world.events.allSatisfy { try $0.actor == .account(id) })
    }

    @Test func `the session beyond the most of an account ends one`() throws {
        let first = try world.signIn(email)
        world.clock.advance(seconds: 1)
        for _ in 1..<Session.maximumPerAccount { _ = try world.signIn(email) }
        try service.login(email)
        #expect(world.kinds == [.sessionEnded, .sessionCreated])
        #expect(world.events[0].object == first.session.id)
        #expect(world.events[0].value("reason") == "limit")
    }

    @Test func `a holder ends one session, then all but the present one`() throws {
        let sessions = try (0..<4).map { _ in try world.signIn(email) }
        let caller = try service.caller(sessions[0])
        service.begin(as: caller)
        try service.sessions.endSession(sessions[1].session.id, of: caller)
        #expect(throws: AuthError.notFound) {
            try service.sessions.endSession(sessions[1].session.id, of: caller)
        }
        #expect(try service.sessions.endOtherSessions(of: caller) == 2)
        #expect(try service.sessions.endOtherSessions(of: caller) == 0)
        #expect(world.kinds == [.sessionEnded, .sessionsEnded])
        #expect(world.events[0].object == sessions[1].session.id)
        #expect(world.events.allSatisfy { $0.value("reason") == "request" })
        #expect(world.events[1].value("count") == "2")
        #expect(world.events[1].value("kept") == "\(sessions[0].session.id)")
        #expect(try world.events.allSatisfy { try $0.subject == id && $0.actor == .account(id) })
    }

    @Test func `the operator is named by the user of the system`() throws {
        let sessions = try (0..<2).map { _ in try world.signIn(email) }
        service.begin(forOperator: "root")
        #expect(try service.sessions.endSession(sessions[0].session.id))
        #expect(try service.sessions.endSessions(ofEmail: email) == 1)
        #expect(world.kinds == [.sessionEnded, .sessionsEnded])
        #expect(world.events.allSatisfy { $0.actor == .commandLine(user: "root") })
        #expect(try world.events.allSatisfy { try $0.subject == id })
        #expect(world.events.allSatisfy { $0.client.address == nil })
    }

    @Test func `an administrator who disables an account ends its sessions`() throws {
        _ = try world.signIn(email)
        var account = try #require(world.account(email))
        account.status = .disabled
        let disabled = account
        try world.store.write { transaction throws(AuthError) in
            try transaction.change(disabled)
        }
        let event = try #require(world.events(.sessionsEnded).first)
        #expect(event.value("reason") == "account_disabled" && event.value("count") == "1")
    }

    @Test func `the end of all sessions is one event, about no account`() throws {
        for _ in 0..<2 { _ = try world.signIn(email) }
        _ = try world.signIn(Person.owner.email)
        let browser = TrustedBrowser(
            id: .random(), hash: SHA256.digest([]), accountID: try id, createdAt: world.clock.now,
            expiresAt: world.clock.now.adding(seconds: 600), userAgent: nil, address: nil)
        try world.store.write { transaction throws(AuthError) in try transaction.trust(browser) }
        world.forgetEvents()
        service.begin(forOperator: "root")
        #expect(try service.administration.endAllSessions() == 3)
        #expect(world.kinds == [.trustEnded, .sessionsEnded])
        let event = world.events[1]
        #expect(event.subject == nil && event.actor == .commandLine(user: "root"))
        #expect(event.value("reason") == "secret_replaced" && event.value("count") == "3")
        #expect(try service.administration.endAllSessions() == 0)
        #expect(world.events.count == 2)
    }

    @Test func `nothing is done that cannot be recorded`() throws {
        try service.login(email)
        let sessions = world.liveSessions(of: email).count
        // Its secret key opens none of the keys of the record.
        let other = FactorVault([.random()])
        let stranger = AuthService(
            store: world.store,
            passwords: PasswordHasher(
                iterations: World.iterations, function: world.derivation, gate: world.gate),
            tokens: TokenAuthority(world.keys), throttle: world.throttle, mail: world.mail,
            vault: other, recorder: EventRecorder(vault: other), rules: world.rules,
            now: { [clock = world.clock] in clock.now })
        #expect(reason { try stranger.login(email) } == .auditKeyUnusable)
        #expect(world.liveSessions(of: email).count == sessions)
    }

    @Test func `no event has a cookie, a token or the password`() throws {
        let signedIn = try service.login(email)
        try service.signIn.logout([.cookie(signedIn.sessionToken)])
        for secret in [signedIn.sessionToken, signedIn.accessToken, Person.password] {
            #expect(!world.isRecorded(secret))
        }
        #expect(world.isRecorded("Sample/1.0"))
    }
}
