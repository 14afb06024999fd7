import Crypto
import Testing
import TestSupport

@testable import Auth

/// Which sessions end when an account exceeds its limit.
struct SessionBoundTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(people: [.owner, .customer], isThrottled: false, rules: .sample())
        service = try world.service()
    }

    private func isLive(_ signedIn: SignedIn, with service: AuthService? = nil) -> Bool {
        (try? (service ?? self.service).identify(.bearer(signedIn.accessToken))) != nil
    }

    private func live() throws -> Set<UUID> {
        let account = try #require(world.account(email))
        return Set(world.store.memory.liveSessions(of: account.id, at: world.clock.now).map(\.id))
    }

    private func logIn(_ count: Int) throws -> [SignedIn] {
        try (0..<count).map { _ in
            world.clock.advance(seconds: 1)
            return try service.login(email)
        }
    }

    private func use(_ signedIn: SignedIn) throws {
        world.clock.advance(seconds: 60)
        try service.identify(.bearer(signedIn.accessToken))
    }

    @Test func `a script that signs in repeatedly ends no session that is in use`() throws {
        let browser = try service.login(email)
        // Within a minute of the login, before any activity is written.
        try service.identify(.cookie(browser.sessionToken))
        let script = try logIn(250)
        #expect(try live().count == Session.maximumPerAccount)
        #expect(isLive(browser))
        #expect(script.map { isLive($0) } == script.indices.map { $0 >= 151 })
    }

    @Test func `unused sessions end first, the oldest of them first`()
        throws
    {
        let sessions = try logIn(Session.maximumPerAccount)
        let unused = [sessions[40], sessions[7]]
        let used = sessions.filter { session in
            !unused.contains { $0.sessionToken == session.sessionToken }
        }.shuffled()
        for session in used { try use(session) }
        _ = try logIn(1)
        #expect(!isLive(unused[1]) && isLive(unused[0]))
    }

    @Test func `when all sessions are in use the least recently used one ends`() throws {
        let sessions = try logIn(Session.maximumPerAccount).shuffled()
        for session in sessions { try use(session) }
        let new = try service.login(email)
        try use(new)
        try service.login(email)
        for (index, session) in sessions.enumerated() {
            // Read from the store directly: identifying counts as use.
            let hash = try #require(
                AuthContext.hash(ofCookie: Array(session.sessionToken.utf8)[...]))
            let ended = world.store.memory.sessions.contains {
                $0.session.tokenHash == hash && $0.endedAt != nil
            }
            #expect(ended == (index < 2))
        }
    }

    @Test func `expired and ended sessions do not count, and other accounts lose none`() throws {
        let other = try service.login(Person.owner.email)
        let first = try logIn(Session.maximumPerAccount)
        try service.signIn.logout([.bearer(first[3].accessToken)])
        _ = try logIn(1)
        #expect(try live().count == Session.maximumPerAccount)
        #expect(isLive(first[0]) && isLive(other))
    }
}

/// A login by a browser that is already signed in.
struct SessionReplacementTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .disabled)
        service = try world.service()
    }

    private func login(
        _ email: String, _ password: String = Person.password, cookie: String,
        presented: PresentedCredential? = nil, with service: AuthService? = nil
    ) throws(AuthError) -> SignedIn {
        try (service ?? self.service).signIn.login(
            email: .text(email), password: .text(password),
            by: SignInClient(
                .sample, presented: presented ?? .cookie(cookie),
                sessionCookie: Array(cookie.utf8)[...]))
    }

    private func isLive(_ credentials: Credentials) -> [Bool] {
        [PresentedCredential.cookie(credentials.cookie), .bearer(credentials.token)].map {
            (try? service.identify($0)) != nil
        }
    }

    @Test func `a login ends the session of the browser's cookie and no other`() throws {
        let (mine, other) = (try world.signIn(email), try world.signIn(email))
        let new = try login(email, cookie: mine.cookie)
        #expect(isLive(mine) == [false, false] && isLive(other) == [true, true])
        _ = try service.identify(.cookie(new.sessionToken))
    }

    @Test func `a login does not end the session of a Bearer token`() throws {
        let (mine, program) = (try world.signIn(email), try world.signIn(email))
        _ = try login(email, cookie: mine.cookie, presented: .bearer(program.token))
        #expect(isLive(mine) == [false, false] && isLive(program) == [true, true])
        _ = try service.login(email, presenting: .bearer(program.token))
        #expect(isLive(program) == [true, true])
    }

    @Test func `a login does not end another account's session`() throws {
        let theirs = try world.signIn(Person.owner.email)
        _ = try login(email, cookie: theirs.cookie)
        #expect(isLive(theirs) == [true, true])
    }

    @Test(arguments: ["", "x", String(repeating: "A", count: 43)])
    func `a login with an invalid cookie ends no session`(cookie: String) throws {
        let other = try world.signIn(email)
        _ = try login(email, cookie: cookie)
        #expect(isLive(other) == [true, true])
    }

    @Test func `a failed login ends no session`() throws {
        let mine = try world.signIn(email)
        #expect(throws: AuthError.invalidCredentials) {
            try login(email, "wrong", cookie: mine.cookie)
        }
        world.store.change { $0.settings.nativeSignin = false }
        #expect(throws: AuthError.nativeSigninDisabled) { try login(email, cookie: mine.cookie) }
        #expect(isLive(mine) == [true, true])
    }

    @Test func `a login with an expired session cookie succeeds`() throws {
        let mine = try world.signIn(email)
        world.clock.advance(seconds: 2_592_000)
        _ = try login(email, cookie: mine.cookie)
    }
}

/// Sessions that are not used.
struct IdleSessionTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        var rules = try AuthService.Rules.sample()
        rules.idleLimit = IdleLimit(seconds: 1_200)
        world = try World(people: [.owner, .customer], rules: rules)
        service = try world.service()
    }

    @Test func `a session ends after the idle limit and not while it is used`() throws {
        let session = try world.signIn(email)
        for _ in 0..<10 {
            world.clock.advance(seconds: 1_199)
            try service.identify(.bearer(session.token))
        }
        world.clock.advance(seconds: 1_260)
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        #expect(throws: AuthError.invalidToken) {
            try service.signIn.refresh(.bearer(session.token), cookie: nil)
        }
    }

    @Test func `an idle session is not listed, does not count and is rejected`() throws {
        let unused = try world.signIn(email)
        world.clock.advance(seconds: 600)
        let used = try world.signIn(email)
        world.clock.advance(seconds: 660)
        let caller = try service.caller(used)
        #expect(
            try service.sessions.sessions(of: caller, PageRequest()).items.map(\.session)
                == [used.session])
        #expect(
            try service.sessions.sessions(ofEmail: email, PageRequest())?.items.map(\.session)
                == [used.session])
        // The next login ends it for good, even if the limit is removed later.
        try service.login(email)
        let ended = world.store.memory.sessions.filter { $0.endedAt != nil }.map(\.session)
        #expect(ended == [unused.session])
        world.store.idleLimit = nil
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(unused.cookie)) }
    }

    @Test func `logout ends an idle session for good`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 2_000)
        try service.signIn.logout([.cookie(session.cookie)])
        world.store.idleLimit = nil
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
    }

    @Test func `without an idle limit a session lasts unused`() throws {
        let world = try World(.customer)
        let session = try world.signIn(email)
        world.clock.advance(seconds: 2_591_999)
        try world.service().identify(.cookie(session.cookie))
    }
}
