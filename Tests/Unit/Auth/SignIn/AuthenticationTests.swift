import Crypto
import Testing
import TestSupport

@testable import Auth

struct AuthenticationTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    @Test func `a request without credentials is unauthenticated`() {
        #expect(throws: AuthError.unauthenticated) { try service.identify(nil) }
        #expect(world.store.reads == 0)
    }

    @Test func `a session is accepted by cookie and by access token`() throws {
        let session = try world.signIn(Person.customer.email)
        for credential in [PresentedCredential.cookie(session.cookie), .bearer(session.token)] {
            let caller = try service.authenticate(credential)
            #expect(caller.session == session.session)
            #expect(caller.account == world.account(Person.customer.email))
        }
    }

    @Test(arguments: [
        "", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "!", count: 43), String(repeating: "A", count: 43),
        String(repeating: "A", count: 43) + "=",
    ])
    func `a cookie without a live session is unauthenticated`(cookie: String) {
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(cookie)) }
    }

    @Test func `neither the id nor the stored hash of a session is a credential`() throws {
        let session = try world.signIn(Person.customer.email).session
        for text in [
            session.id.description, Base64URL.encode(session.tokenHash.bytes),
            Hex.encode(session.tokenHash.bytes),
        ] {
            #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(text)) }
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(text)) }
        }
    }

    @Test(arguments: ["", "x", "a.b.c", "..", String(repeating: "A", count: 10_000)])
    func `a malformed token is invalid`(token: String) {
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(token)) }
    }

    @Test func `a token with any byte changed is invalid`() throws {
        let token = Array(try world.signIn(Person.customer.email).token.utf8)
        for index in stride(from: 0, to: token.count, by: 7) {
            var forged = token
            forged[index] =
                forged[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(forged[...])) }
        }
    }

    @Test func `a token signed with another server's key is invalid`() throws {
        let other = try World(.customer)
        other.store.change { $0 = world.store.memory }
        let token = try other.signIn(Person.customer.email).token
        world.store.change { $0 = other.store.memory }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(token)) }
    }

    @Test func `a token that pairs an account with another account's session is invalid`() throws {
        let theirs = try world.signIn(Person.owner.email).session
        let forged = try world.signIn(Person.customer.email) { claims, _ in
            claims.sessionID = theirs.id
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(forged.token)) }
    }

    @Test func `signed claims of an unknown session or account are invalid`() throws {
        let nobody = UUID(high: 0, low: 0)
        let bySession = try world.signIn(Person.customer.email) { claims, _ in
            claims.sessionID = nobody
        }
        let bySubject = try world.signIn(Person.customer.email) { claims, _ in
            claims.subject = nobody
        }
        for token in [bySession.token, bySubject.token] {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(token)) }
        }
    }

    @Test func `role and tier come from the account and never from the claims`() throws {
        let forged = try world.signIn(Person.customer.email) { _, person in
            person = Claims.Person(email: Person.owner.email, tier: "team", role: "owner")
        }
        let account = try service.authenticate(.bearer(forged.token)).account
        #expect(account.role == .user && account.tier == .free)
        #expect(account.email.address == Person.customer.email)
        world.change(Person.customer.email) { $0.role = .admin }
        #expect(try service.authenticate(.bearer(forged.token)).account.role == .admin)
    }

    @Test func `an access token expires to the second`() throws {
        let session = try world.signIn(Person.customer.email, tokenLifetime: 60)
        world.clock.advance(seconds: 59)
        _ = try service.identify(.bearer(session.token))
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.tokenExpired) { try service.identify(.bearer(session.token)) }
        _ = try service.identify(.cookie(session.cookie))
    }

    @Test func `a session expires to the second`() throws {
        let session = try world.signIn(Person.customer.email, tokenLifetime: .init(1) << 40)
        world.clock.advance(seconds: 2_592_000 - 1)
        _ = try service.identify(.cookie(session.cookie))
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
    }

    @Test(arguments: [Person.disabled, .customer])
    func `credentials of a disabled or deleted account are rejected`(person: Person) throws {
        let session = try world.signIn(person.email)
        if person == .customer { world.store.change { $0.credentials = [] } }
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
    }

    @Test func `a pending account is identified but not authorized`() throws {
        let session = try world.signIn(Person.pending.email)
        #expect(try service.identify(.cookie(session.cookie)).account.status == .pending)
        #expect(throws: AuthError.pendingApproval) {
            try service.authenticate(.cookie(session.cookie))
        }
    }

    @Test func `a store failure is never reported as an invalid credential`() throws {
        let session = try world.signIn(Person.customer.email)
        let conditions: [(MemoryStore.Condition, AuthError)] = [
            (.broken, .unavailable("disk I/O error")), (.cold, .notInMemory),
        ]
        for (condition, error) in conditions {
            world.store.condition = condition
            #expect(throws: error) { try service.identify(.cookie(session.cookie)) }
            #expect(throws: error) { try service.identify(.bearer(session.token)) }
        }
    }
}

struct LogoutTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    @Test func `logout ends the session of each presented credential and no other`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(email) }
        try service.signIn.logout([.cookie(sessions[0].cookie), .bearer(sessions[1].token)])
        for ended in sessions[..<2] {
            #expect(throws: AuthError.unauthenticated) {
                try service.identify(.cookie(ended.cookie))
            }
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(ended.token)) }
        }
        _ = try service.identify(.cookie(sessions[2].cookie))
        #expect(world.store.writes == 1)
    }

    @Test func `logout without a live session writes nothing`() throws {
        let live = try world.signIn(email)
        let ended = try world.signIn(email)
        try service.signIn.logout([.cookie(ended.cookie)])
        let writes = world.store.writes
        try service.signIn.logout([])
        try service.signIn.logout([.cookie(ended.cookie), .bearer(ended.token)])
        try service.signIn.logout([.cookie("x"), .bearer("x.y.z"), .bearer("\(live.token)x")])
        #expect(world.store.writes == writes)
        _ = try service.identify(.cookie(live.cookie))
    }

    @Test func `logout with an expired token ends its session`() throws {
        let session = try world.signIn(email, tokenLifetime: 1)
        let other = try world.signIn(email)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.tokenExpired) { try service.identify(.bearer(session.token)) }
        try service.signIn.logout([.bearer(session.token)])
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
        _ = try service.identify(.cookie(other.cookie))
    }

    @Test func `logout with a token from the future ends its session`() throws {
        world.clock.jump(seconds: 3_600)
        let session = try world.signIn(email)
        world.clock.jump(seconds: -3_600)
        try service.signIn.logout([.bearer(session.token)])
        world.clock.jump(seconds: 3_600)
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
    }

    @Test
    func `a session that ended while the clock ran ahead stays ended after the clock is corrected`()
        throws
    {
        let sessions = try (0..<2).map { _ in try world.signIn(email) }
        world.clock.jump(seconds: 366 * 86_400)
        try service.signIn.logout([.cookie(sessions[0].cookie), .bearer(sessions[1].token)])
        world.clock.jump(seconds: -366 * 86_400)
        for ended in sessions {
            #expect(throws: AuthError.unauthenticated) {
                try service.identify(.cookie(ended.cookie))
            }
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(ended.token)) }
        }
    }

    @Test func `logout reports a store failure`() throws {
        let session = try world.signIn(email)
        world.store.condition = .broken
        #expect(throws: AuthError.unavailable("disk I/O error")) {
            try service.signIn.logout([.cookie(session.cookie)])
        }
    }
}
