import Auth
import Crypto
import Testing
import TestSupport

struct SessionsTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func caller(_ credentials: Credentials) throws -> Caller {
        try service.signIn.authenticate(.cookie(credentials.cookie), for: .person)
    }

    private func isLive(_ credentials: Credentials) -> Bool {
        (try? service.identify(.bearer(credentials.token))) != nil
    }

    @Test func `an account lists its own live sessions, newest first, in pages`() throws {
        _ = try world.signIn(Person.owner.email)
        var mine: [Credentials] = []
        for _ in 0..<5 {
            world.clock.advance(seconds: 1)
            mine.append(try world.signIn(email))
        }
        try service.signIn.logout([.cookie(mine[1].cookie)])
        let caller = try caller(mine[0])
        var (seen, request): ([UUID], PageRequest?) = ([], PageRequest(limit: 3))
        while let next = request {
            let page = try service.sessions.sessions(of: caller, next)
            seen += page.items.map(\.session.id)
            request = page.next.map { PageRequest(limit: 3, after: $0) }
        }
        #expect(seen == [4, 3, 2, 0].map { mine[$0].session.id })
    }

    @Test func `a session records where it was created and when it was last used`() throws {
        let signedIn = try service.login(email)
        world.clock.advance(seconds: 90)
        let caller = try service.signIn.authenticate(.bearer(signedIn.accessToken), for: .person)
        let details = try #require(
            try service.sessions.sessions(of: caller, PageRequest()).items.first)
        #expect(details.address == "192.0.2.1" && details.userAgent == "Sample/1.0")
        #expect(details.session.createdAt == TestClock.start)
        #expect(details.lastSeenAt.rfc3339 == "2023-11-14T22:14:00.000Z")
    }

    @Test func `an account ends one of its own sessions and no other`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(email) }
        try service.sessions.endSession(sessions[1].session.id, of: caller(sessions[0]))
        #expect(sessions.map(isLive) == [true, false, true])
        try service.sessions.endSession(sessions[0].session.id, of: caller(sessions[0]))
        #expect(sessions.map(isLive) == [false, false, true])
    }

    @Test func `an unknown, ended or foreign session is not found`() throws {
        let (mine, ended) = (try world.signIn(email), try world.signIn(email))
        let theirs = try world.signIn(Person.owner.email)
        try service.signIn.logout([.cookie(ended.cookie)])
        for id in [UUID.random(), ended.session.id, theirs.session.id] {
            #expect(throws: AuthError.notFound) {
                try service.sessions.endSession(id, of: caller(mine))
            }
        }
        #expect(isLive(mine) && isLive(theirs))
    }

    @Test func `all other sessions end and are counted`() throws {
        let sessions = try (0..<4).map { _ in try world.signIn(email) }
        let theirs = try world.signIn(Person.owner.email)
        #expect(try service.sessions.endOtherSessions(of: caller(sessions[2])) == 3)
        #expect(sessions.map(isLive) == [false, false, true, false])
        #expect(isLive(theirs))
        #expect(try service.sessions.endOtherSessions(of: caller(sessions[2])) == 0)
    }

    @Test func `the operator lists and ends sessions of all accounts`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(email) }
        let theirs = try world.signIn(Person.owner.email)
        #expect(
            try service.sessions.sessions(ofEmail: "CUSTOMER@example.org", PageRequest())?.items
                .count == 3)
        #expect(try service.sessions.sessions(ofEmail: "nobody@example.org", PageRequest()) == nil)
        #expect(try service.sessions.endSession(sessions[0].session.id))
        #expect(try !service.sessions.endSession(sessions[0].session.id))
        #expect(try !service.sessions.endSession(.random()))
        #expect(try service.sessions.endSessions(ofEmail: email) == 2)
        #expect(try service.sessions.endSessions(ofEmail: "no address") == nil)
        #expect(sessions.map(isLive) == [false, false, false])
        #expect(isLive(theirs))
    }
}
