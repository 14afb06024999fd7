import Crypto
import TestSupport
import Testing

@testable import Auth

/// What stored credentials and events say of a refusal.
struct ExplanationServiceTests {
    private let world: World
    private let service: AuthService
    private let customer: UUID
    private let admin: UUID

    init() throws {
        world = try World(people: [.owner, .admin, .customer], rules: .sample())
        service = try world.service()
        customer = try #require(world.account(Person.customer.email)).id
        admin = try #require(world.account(Person.admin.email)).id
    }

    /// Records an event of the administrator, in the transaction of other work.
    private func record(
        _ kind: EventKind, object: UUID? = nil, subject: UUID? = nil,
        with work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void = { _ in }
    ) throws {
        let (subject, admin) = (subject ?? customer, admin)
        try world.store.write { transaction throws(AuthError) in
            try work(transaction)
            try transaction.record(kind, of: subject, object: object, by: .account(admin))
        }
    }

    private func explanation(
        _ reason: Reason, _ credential: RefusedCredential? = nil, account: UUID? = nil,
        retryAfter: Int? = nil
    ) throws -> Explanation {
        try service.explanations.explanation(
            of: RefusalFacts(
                time: world.clock.now, reason: reason, account: account, credential: credential,
                retryAfter: retryAfter))
    }

    private func event(_ explanation: Explanation) throws -> DecisiveEvent {
        guard case .event(let event) = explanation else { throw NoEvent(explanation: explanation) }
        return event
    }

    private struct NoEvent: Error { let explanation: Explanation }

    @Test func `a session that ended with all others is explained by the operator`() throws {
        let session = try world.signIn(Person.customer.email).session
        service.begin(forOperator: "root")
        _ = try service.administration.endAllSessions()
        let found = try event(explanation(.unknownSession, .cookie(session.tokenHash)))
        #expect(found.event.kind == .sessionsEnded && found.event.subject == nil)
        #expect(found.event.actor == .commandLine(user: "root"))
    }

    @Test func `a session that a new password ended is explained by it, and by whom`() throws {
        let session = try world.signIn(Person.customer.email).session
        let customer = customer
        try record(.passwordReset) { transaction throws(AuthError) in
            try transaction.endSessions(of: customer, except: nil)
        }
        world.clock.advance(seconds: 60)
        try record(.passwordChanged)
        let found = try event(explanation(.unknownSession, .cookie(session.tokenHash)))
        #expect(found.event.kind == .passwordReset)
        #expect(found.event.time == TestClock.start)
        #expect(found.actorEmail?.address == Person.admin.email)
    }

    @Test func `of two sessions each is explained by its own end`() throws {
        let (first, second) = (
            try world.signIn(Person.customer.email).session,
            try world.signIn(Person.customer.email).session
        )
        try record(.sessionEnded, object: first.id) { transaction throws(AuthError) in
            try transaction.endSession(.id(first.id), of: nil)
            try transaction.endSession(.id(second.id), of: nil)
        }
        let found = try event(explanation(.sessionEnded, .cookie(first.tokenHash)))
        #expect(found.event.object == first.id)
        #expect(
            try explanation(.sessionEnded, .cookie(second.tokenHash))
                == .ended(.session, at: TestClock.start))
    }

    @Test func `a session that expired says when`() throws {
        let session = try world.signIn(Person.customer.email).session
        world.clock.advance(seconds: Int(world.rules.sessionLifetime) + 1)
        #expect(
            try explanation(.unknownSession, .cookie(session.tokenHash))
                == .expired(.session, at: session.expiresAt))
    }

    @Test func `a session that never was is unknown`() throws {
        let hash = SHA256.digest(Array("made up".utf8))
        #expect(try explanation(.unknownSession, .cookie(hash)) == .unknown(.session))
    }

    @Test func `the session of a deleted account is explained by the deletion`() throws {
        let gone = UUID.random()
        try record(.userDeleted, subject: gone)
        let token = RefusedCredential.token(
            session: .random(), account: gone, issuedAt: nil, expiresAt: TestClock.start)
        for reason in [Reason.sessionEnded, .accountGone] {
            #expect(try event(explanation(reason, token)).event.kind == .userDeleted)
        }
    }

    @Test func `a revoked key says by whom and when, an expired one when`() throws {
        let (text, details) = try world.makeKey(of: Person.customer.email)
        let hash = SHA256.digest(Array(text.utf8))
        let id = details.key.id
        try record(.apiKeyRevoked, object: id) { transaction throws(AuthError) in
            _ = try transaction.revokeAPIKey(id, of: nil)
        }
        world.clock.advance(seconds: 5)
        let found = try event(explanation(.apiKeyUnknown, .apiKey(hash)))
        #expect(found.event.kind == .apiKeyRevoked && found.event.time == TestClock.start)
        #expect(found.actorEmail?.address == Person.admin.email)

        let short = try world.makeKey(of: Person.customer.email, lifetime: 60)
        world.clock.advance(seconds: 61)
        #expect(
            try explanation(.apiKeyUnknown, .apiKey(SHA256.digest(Array(short.text.utf8))))
                == .expired(.apiKey, at: try #require(short.details.key.expiresAt)))
    }

    @Test func `what happened after the refusal does not explain it`() throws {
        try record(.userDisabled)
        let facts = RefusalFacts(
            time: world.clock.now, reason: .accountDisabled, account: customer)
        world.clock.advance(seconds: 10)
        try record(.userDisabled)
        let found = try event(service.explanations.explanation(of: facts))
        #expect(found.event.time == TestClock.start)
    }

    @Test func `the events of another account explain nothing`() throws {
        try record(.userDisabled, subject: admin)
        #expect(try explanation(.accountDisabled, account: customer) == .reasonAlone)
    }

    @Test func `a clock that is ahead is measured, and a limit says until when`() throws {
        let now = world.clock.now
        let token = RefusedCredential.token(
            session: .random(), account: customer, issuedAt: now.adding(seconds: 41),
            expiresAt: now.adding(seconds: 3_600))
        #expect(try explanation(.tokenNotYetValid, token) == .clockAhead(seconds: 41))
        #expect(
            try explanation(.tokenExpired, token)
                == .expired(.token, at: now.adding(seconds: 3_600)))
        #expect(
            try explanation(.loginLimit, retryAfter: 90)
                == .limited(until: now.adding(seconds: 90)))
    }

    @Test func `a fault of the store is no explanation`() throws {
        world.store.condition = .broken
        #expect(throws: AuthError.self) {
            try explanation(.apiKeyUnknown, .apiKey(SHA256.digest([])))
        }
    }

    @Test func `of a credential no secret is kept`() throws {
        let known = try world.signIn(Person.customer.email)
        let key = try world.makeKey(of: Person.customer.email).text
        for secret in [known.token, known.cookie, key] {
            let isCookie = secret == known.cookie
            let bytes = Array(secret.utf8)[...]
            let traces = service.signIn.traces(of: isCookie ? .cookie(bytes) : .bearer(bytes))
            #expect(traces != nil)
            #expect(!"\(String(describing: traces))".contains(secret))
        }
        #expect(service.signIn.traces(of: .bearer(Array("x.y.z".utf8)[...])) == nil)
        #expect(service.signIn.traces(of: nil) == nil)
    }
}
