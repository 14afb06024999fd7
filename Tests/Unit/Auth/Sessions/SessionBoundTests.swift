import Crypto
import Testing
import TestSupport

@testable import Auth

/// Which sessions end for others to begin.
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

    @Test func `a script that logs in a hundred times signs out no browser that is in use`() throws
    {
        let browser = try service.login(email)
        // Within the minute of the login, long before anything is written down.
        try service.identify(.cookie(browser.sessionToken))
        let script = try logIn(250)
        #expect(try live().count == Session.maximumPerAccount)
        #expect(isLive(browser))
        #expect(script.map { isLive($0) } == script.indices.map { $0 >= 151 })
    }

    @Test func `those never used end first, the oldest of them first, then the longest unused`()
        throws
    {
        let sessions = try logIn(Session.maximumPerAccount)
        let rested = [sessions[40], sessions[7]]
        let used = sessions.filter { session in
            !rested.contains { $0.sessionToken == session.sessionToken }
        }.shuffled()
        for session in used { try use(session) }
        _ = try logIn(1)
        #expect(!isLive(rested[1]) && isLive(rested[0]))
    }

    @Test func `of those in use the one that was not used for longest ends`() throws {
        let sessions = try logIn(Session.maximumPerAccount).shuffled()
        for session in sessions { try use(session) }
        let new = try service.login(email)
        try use(new)
        try service.login(email)
        for (index, session) in sessions.enumerated() {
            // Looked at past the domain: to ask is to use.
            let hash = try #require(
                AuthService.hash(ofCookie: Array(session.sessionToken.utf8)[...]))
            let ended = world.store.memory.sessions.contains {
                $0.session.tokenHash == hash && $0.endedAt != nil
            }
            #expect(ended == (index < 2))
        }
    }

    @Test func `what has expired or ended takes no place, and others lose none`() throws {
        let other = try service.login(Person.owner.email)
        let first = try logIn(Session.maximumPerAccount)
        try service.logout([.bearer(first[3].accessToken)])
        _ = try logIn(1)
        #expect(try live().count == Session.maximumPerAccount)
        #expect(isLive(first[0]) && isLive(other))
    }
}

/// A login in a browser that is signed in.
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
        try (service ?? self.service).login(
            email: .text(email), password: .text(password), from: .sample,
            presented: presented ?? .cookie(cookie), cookie: Array(cookie.utf8)[...])
    }

    private func isLive(_ credentials: Credentials) -> [Bool] {
        [PresentedCredential.cookie(credentials.cookie), .bearer(credentials.token)].map {
            (try? service.identify($0)) != nil
        }
    }

    @Test func `the session of the cookie ends with its tokens, and no other`() throws {
        let (mine, other) = (try world.signIn(email), try world.signIn(email))
        let new = try login(email, cookie: mine.cookie)
        #expect(isLive(mine) == [false, false] && isLive(other) == [true, true])
        _ = try service.identify(.cookie(new.sessionToken))
    }

    @Test func `a Bearer token beside it changes nothing of that, and ends nothing itself`() throws
    {
        let (mine, program) = (try world.signIn(email), try world.signIn(email))
        _ = try login(email, cookie: mine.cookie, presented: .bearer(program.token))
        #expect(isLive(mine) == [false, false] && isLive(program) == [true, true])
        _ = try service.login(email, presenting: .bearer(program.token))
        #expect(isLive(program) == [true, true])
    }

    @Test func `another account's session stays`() throws {
        let theirs = try world.signIn(Person.owner.email)
        _ = try login(email, cookie: theirs.cookie)
        #expect(isLive(theirs) == [true, true])
    }

    @Test(arguments: ["", "x", String(repeating: "A", count: 43)])
    func `a cookie that is none changes nothing`(cookie: String) throws {
        let other = try world.signIn(email)
        _ = try login(email, cookie: cookie)
        #expect(isLive(other) == [true, true])
    }

    @Test func `a login that is refused ends nothing`() throws {
        let mine = try world.signIn(email)
        #expect(throws: AuthError.invalidCredentials) {
            try login(email, "wrong", cookie: mine.cookie)
        }
        world.store.change { $0.settings.nativeSignin = false }
        #expect(throws: AuthError.nativeSigninDisabled) { try login(email, cookie: mine.cookie) }
        #expect(isLive(mine) == [true, true])
    }

    @Test func `a session that was over already is no reason to refuse`() throws {
        let mine = try world.signIn(email)
        world.clock.advance(seconds: 2_592_000)
        _ = try login(email, cookie: mine.cookie)
    }
}

/// Sessions that nobody uses.
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

    @Test func `a session ends when it was not used for so long, and not while it is`() throws {
        let session = try world.signIn(email)
        for _ in 0..<10 {
            world.clock.advance(seconds: 1_199)
            try service.identify(.bearer(session.token))
        }
        world.clock.advance(seconds: 1_260)
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        #expect(throws: AuthError.invalidToken) {
            try service.refresh(.bearer(session.token), cookie: nil)
        }
    }

    @Test func `it is no longer listed, takes no place and knows nobody`() throws {
        let unused = try world.signIn(email)
        world.clock.advance(seconds: 600)
        let used = try world.signIn(email)
        world.clock.advance(seconds: 660)
        let caller = try service.caller(used)
        #expect(
            try service.sessions(of: caller, PageRequest()).items.map(\.session)
                == [used.session])
        #expect(
            try service.sessions(ofEmail: email, PageRequest())?.items.map(\.session)
                == [used.session])
        // A next login ends it for good, also should the limit be lifted.
        try service.login(email)
        let ended = world.store.memory.sessions.filter { $0.endedAt != nil }.map(\.session)
        #expect(ended == [unused.session])
        world.store.idleLimit = nil
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(unused.cookie)) }
    }

    @Test func `logout ends it, too, for good`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 2_000)
        try service.logout([.cookie(session.cookie)])
        world.store.idleLimit = nil
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(session.cookie)) }
    }

    @Test func `without a limit a session lasts unused`() throws {
        let world = try World(.customer)
        let session = try world.signIn(email)
        world.clock.advance(seconds: 2_591_999)
        try world.service().identify(.cookie(session.cookie))
    }
}
