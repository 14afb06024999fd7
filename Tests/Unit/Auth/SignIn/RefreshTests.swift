import Crypto
import Testing
import TestSupport

@testable import Auth

struct RefreshTests {
    private let world: World
    private let service: AuthService
    private let sliding: AuthService
    private let email = Person.customer.email
    private let lifetime: Int64 = 2_592_000

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
        var rules = world.rules
        rules.slidesSessions = true
        sliding = try world.service(rules: rules)
    }

    private func claims(_ refreshed: Refreshed) throws -> Claims {
        try TokenAuthority(world.keys).verify(
            Array(refreshed.accessToken.utf8)[...], now: world.clock.now.seconds)
    }

    private func payload(_ refreshed: Refreshed) throws -> String {
        let part = try #require(refreshed.accessToken.split(separator: ".").dropFirst().first)
        return String(decoding: try #require(Base64URL.decode(part.utf8)), as: UTF8.self)
    }

    private func refresh(
        _ service: AuthService, _ credentials: Credentials, withCookie: Bool = true
    ) throws -> Refreshed {
        try service.signIn.refresh(
            .cookie(credentials.cookie),
            cookie: withCookie ? Array(credentials.cookie.utf8)[...] : nil)
    }

    @Test func `a refreshed token belongs to the same session and earlier tokens stay valid`()
        throws
    {
        let former = try world.signIn(email)
        world.clock.advance(seconds: 3_600)
        let byToken = try service.signIn.refresh(.bearer(former.token), cookie: nil)
        let byCookie = try refresh(service, former)
        for refreshed in [byToken, byCookie] {
            let claims = try claims(refreshed)
            #expect(claims.sessionID == former.session.id)
            #expect(claims.subject == former.session.accountID)
            #expect(claims.issuedAt == world.clock.now.seconds)
            #expect(claims.expiresAt == world.clock.now.seconds + 604_800)
            #expect(refreshed.account == world.account(email))
        }
        for token in [former.token, byToken.accessToken, byCookie.accessToken] {
            #expect(try service.identify(.bearer(token)).session == former.session)
        }
    }

    @Test func `a refreshed token states the account's current role and tier`() throws {
        let former = try world.signIn(email)
        world.change(email) { account in
            account.tier = .team
            account.role = .admin
        }
        let refreshed = try service.signIn.refresh(.bearer(former.token), cookie: nil)
        #expect(refreshed.account.tier == .team && refreshed.account.role == .admin)
        let payload = try payload(refreshed)
        #expect(payload.contains(#""tier":"team""#) && payload.contains(#""role":"admin""#))
    }

    @Test func `a refreshed token expires no later than its session`() throws {
        let former = try world.signIn(email)
        let end = former.session.expiresAt.seconds
        world.clock.advance(seconds: Int(lifetime) - 604_800)
        #expect(try claims(refresh(service, former)).expiresAt == end)
        world.clock.advance(seconds: 604_799)
        #expect(try claims(refresh(service, former)).expiresAt == end)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.unauthenticated) { try refresh(service, former) }
    }

    @Test func `refresh does not extend sessions unless sliding is enabled`() throws {
        let former = try world.signIn(email)
        world.clock.advance(seconds: 3_600)
        #expect(try refresh(service, former).cookieLifetime == nil)
        #expect(world.store.writes == 0)
        #expect(try service.identify(.cookie(former.cookie)).session == former.session)
    }

    @Test func `refresh extends a sliding session by its whole lifetime`() throws {
        let former = try world.signIn(email)
        world.clock.advance(seconds: 2_500_000)
        let refreshed = try refresh(sliding, former)
        #expect(refreshed.cookieLifetime == lifetime)
        #expect(try claims(refreshed).expiresAt == world.clock.now.seconds + 604_800)
        let end = try sliding.identify(.cookie(former.cookie)).session?.expiresAt
        #expect(end == world.clock.now.adding(seconds: lifetime))
        world.clock.advance(seconds: Int(lifetime) - 1)
        try sliding.identify(.cookie(former.cookie))
    }

    @Test func `refresh never extends a sliding session beyond its maximum lifetime`() throws {
        var rules = world.rules
        rules.slidesSessions = true
        rules.maximumSessionLifetime = 3 * lifetime
        let service = try world.service(rules: rules)
        let former = try world.signIn(email)
        let last = former.session.createdAt.adding(seconds: 3 * lifetime)
        for _ in 0..<3 {
            world.clock.advance(seconds: Int(lifetime) - 3_600)
            let refreshed = try refresh(service, former)
            let end = try #require(try service.identify(.cookie(former.cookie)).session?.expiresAt)
            #expect(end <= last)
            #expect(refreshed.cookieLifetime == end.seconds - world.clock.now.seconds)
            #expect(try claims(refreshed).expiresAt <= end.seconds)
        }
        let end = try service.identify(.cookie(former.cookie)).session?.expiresAt
        #expect(end == last)
        world.clock.advance(seconds: 3 * 3_600 - 1)
        _ = try refresh(service, former)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.unauthenticated) { try refresh(service, former) }
    }

    @Test(arguments: [true, false])
    func `a new sliding session is no longer than its maximum lifetime`(slides: Bool) throws {
        var rules = world.rules
        rules.slidesSessions = slides
        rules.maximumSessionLifetime = 3_600
        let service = try world.service(rules: rules)
        let new = try service.login(email)
        #expect(new.lifetime == (slides ? 3_600 : lifetime))
        let session = try service.identify(.cookie(new.sessionToken)).session
        #expect(session?.expiresAt == world.clock.now.adding(seconds: new.lifetime))
        world.clock.advance(seconds: 3_600)
        if slides {
            #expect(throws: AuthError.tokenExpired) {
                try service.identify(.bearer(new.accessToken))
            }
        } else {
            try service.identify(.bearer(new.accessToken))
        }
    }

    @Test func `refresh extends a session at most once a minute`() throws {
        let former = try world.signIn(email)
        let moves = [(59, 0), (1, 1), (0, 1), (59, 1), (1, 2)]
        for (seconds, writes) in moves {
            world.clock.advance(seconds: seconds)
            let refreshed = try refresh(sliding, former)
            #expect(world.store.writes == writes)
            let end = try #require(try sliding.identify(.cookie(former.cookie)).session?.expiresAt)
            #expect(refreshed.cookieLifetime == end.seconds - world.clock.now.seconds)
        }
    }

    @Test func `a lifetime that is configured shorter later does not shorten a session`() throws {
        let former = try world.signIn(email)
        var rules = world.rules
        rules.slidesSessions = true
        rules.sessionLifetime = 3_600
        let refreshed = try refresh(try world.service(rules: rules), former)
        #expect(refreshed.cookieLifetime == lifetime)
        #expect(world.store.writes == 0)
    }

    @Test func `refresh returns only the cookie of the token's own session`() throws {
        let (mine, other) = (try world.signIn(email), try world.signIn(email))
        world.clock.advance(seconds: 3_600)
        for cookie in [nil, other.cookie, "", "nonsense"] as [String?] {
            let refreshed = try sliding.signIn.refresh(
                .bearer(mine.token), cookie: cookie.map { Array($0.utf8)[...] })
            #expect(refreshed.cookieLifetime == nil)
        }
        let refreshed = try sliding.signIn.refresh(
            .bearer(mine.token), cookie: Array(mine.cookie.utf8)[...])
        #expect(refreshed.cookieLifetime == lifetime)
        #expect(try sliding.identify(.cookie(other.cookie)).session == other.session)
    }

    @Test func `refresh is refused where the account may not be used`() throws {
        let expired = try world.signIn(email, tokenLifetime: 10)
        let ended = try world.signIn(email)
        try service.signIn.logout([.cookie(ended.cookie)])
        world.clock.advance(seconds: 10)
        let pending = try world.signIn(Person.pending.email)
        let disabled = try world.signIn(Person.disabled.email)
        let refusals: [(PresentedCredential?, AuthError)] = [
            (nil, .unauthenticated), (.bearer("x.y.z"), .invalidToken),
            (.bearer(expired.token), .tokenExpired), (.bearer(ended.token), .invalidToken),
            (.cookie(ended.cookie), .unauthenticated), (.cookie(pending.cookie), .pendingApproval),
            (.bearer(disabled.token), .invalidToken),
        ]
        for (credential, error) in refusals {
            #expect(throws: error) { try sliding.signIn.refresh(credential, cookie: nil) }
        }
        world.store.change { $0.settings.requireEmailVerification = true }
        let unverified = try world.signIn(email)
        #expect(throws: AuthError.emailUnverified) { try refresh(sliding, unverified) }
        #expect(world.store.writes == 1)
    }

    @Test func `refresh refuses API keys`() throws {
        let account = try #require(world.account(email))
        let key = APIKeyText.random()
        try world.store.write { transaction throws(AuthError) in
            let details = APIKeyDetails(
                key: APIKey(
                    id: .random(), accountID: account.id, scopes: [.read, .write], expiresAt: nil),
                name: "key", prefix: key.shown, createdAt: TestClock.start, lastUsedAt: nil)
            try transaction.insert(details, hash: key.hash)
        }
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try service.signIn.refresh(.bearer(key.text), cookie: nil)
        }
    }

    @Test(arguments: [true, false])
    func `refresh fails when the session ends during the request`(byCookie: Bool) throws {
        let former = try world.signIn(email)
        world.clock.advance(seconds: 3_600)
        let world = world
        var rules = world.rules
        rules.slidesSessions = true
        let service = AuthService(
            store: world.store,
            passwords: PasswordHasher(
                iterations: World.iterations, function: PBKDF2(.blockFunction), gate: world.gate),
            tokens: TokenAuthority(world.keys), throttle: world.throttle, mail: world.mail,
            vault: world.vault, recorder: world.recorder, rules: rules,
            now: {
                // Session and account have been read; the next step extends the session.
                if world.store.reads == 2 { world.store.change { $0.sessions = [] } }
                return world.clock.now
            })
        #expect(throws: byCookie ? AuthError.unauthenticated : .invalidToken) {
            try service.signIn.refresh(
                byCookie ? .cookie(former.cookie) : .bearer(former.token), cookie: nil)
        }
    }
}
