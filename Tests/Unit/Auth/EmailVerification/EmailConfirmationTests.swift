import Crypto
import Testing
import TestSupport

@testable import Auth

/// Confirmation of an address: a link proves control of the mailbox, not who created the account.
struct EmailConfirmationTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .member, .customer, .pending, .disabled)
        service = try world.service()
    }

    private var isConfirmed: Bool { world.account(email)?.emailVerifiedAt != nil }

    @Test(arguments: [Person.customer, .pending])
    func `a link is confirmed by a live session of the account`(person: Person) throws {
        for isCookie in [true, false] {
            try world.addLink("link", .verifyEmail, of: person.email)
            let session = try world.signIn(person.email)
            let shown: PresentedCredential =
                isCookie ? .cookie(session.cookie) : .bearer(session.token)
            let account = try service.verifyEmail("link", nil, presenting: shown)
            #expect(account == world.account(person.email)?.id)
            #expect(world.account(person.email)?.emailVerifiedAt == world.clock.now)
        }
        #expect(world.gate.turns == 0)
    }

    @Test func `a link is confirmed by the password, which counts as a login attempt`() throws {
        try world.addLink("link", .verifyEmail, of: email)
        for attempt in 1...6 {
            let refusal =
                attempt > 5
                ? AuthError.tooManyRequests(retryAfter: 30) : AuthError.invalidCredentials
            #expect(throws: refusal) { try service.verifyEmail("link", "wrong") }
        }
        // Both share one counter, so that neither offers additional guesses.
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try service.login(email) }
        #expect(!isConfirmed && world.store.writes == 0)
        world.clock.advance(seconds: 30)
        try service.verifyEmail("link")
        #expect(isConfirmed)
    }

    @Test func `without session or password a link stays unused`() throws {
        try world.addLink("link", .verifyEmail, of: email)
        let ended = try world.signIn(email)
        try service.signIn.logout([.cookie(ended.cookie)])
        let key = try world.makeKey(of: email).text
        let writes = world.store.writes
        for shown: PresentedCredential? in [
            nil, .differingCookies, .cookie(ended.cookie), .bearer(ended.token), .bearer(key),
            .cookie("x"), .bearer("x"), .cookie(try world.signIn(Person.owner.email).cookie),
        ] {
            #expect(throws: AuthError.confirmationRequired) {
                try service.verifyEmail("link", nil, presenting: shown)
            }
        }
        #expect(!isConfirmed && world.store.writes == writes && world.gate.turns == 0)
        try service.verifyEmail("link")
    }

    @Test func `a password that is sent is checked even with a live session`() throws {
        try world.addLink("link", .verifyEmail, of: email)
        let session = try world.signIn(email)
        for wrong in ["wrong", ""] {
            #expect(throws: AuthError.invalidCredentials) {
                try service.verifyEmail("link", wrong, presenting: .cookie(session.cookie))
            }
        }
        #expect(!isConfirmed)
        let another = service
        #expect(
            fieldsAtFault {
                _ = try another.email.verifyEmail(
                    token: .notText, password: .notText, from: .sample, presented: nil)
            } == ["token", "password"])
    }

    @Test
    func
        `an account created with another person's address is not confirmed by that person's click`()
        throws
    {
        let stranger = try service.signup("victim@example.org")
        let key = try world.makeKey(of: "victim@example.org").text
        let token = try #require(try world.mails(of: .welcome).last?.values.token)
        // The owner of the mailbox clicks the link.
        #expect(throws: AuthError.confirmationRequired) { try service.verifyEmail(token, nil) }
        #expect(throws: AuthError.emailUnverified) {
            try service.signIn.verify(
                .bearer(key),
                against: Requirement(
                    role: .user, tier: .free, confirmedEmail: true, scopes: .read))
        }
        // Then claims the account with the same link: nothing of the stranger's is left.
        try service.resetPassword(token, to: "another password")
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(stranger.sessionToken))
        }
        #expect(throws: AuthError.invalidCredentials) { try service.login("victim@example.org") }
    }

    @Test func `a change to another person's address is not confirmed by that person's click`()
        throws
    {
        try service.changeEmail(to: "victim@example.org", by: world.signIn(email))
        let token = try #require(try world.mails(of: .verify).last?.values.token)
        #expect(throws: AuthError.confirmationRequired) { try service.verifyEmail(token, nil) }
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword(token, to: "another password")
        }
        #expect(world.account("victim@example.org") == nil && world.account(email) != nil)
    }

    @Test func `a session or password that ends during the request confirms nothing`() throws {
        try world.addLink("link", .verifyEmail, of: email)
        let (world, session) = (world, try world.signIn(email))
        world.store.beforeNextWrite {
            #expect(throws: Never.self) {
                try world.service().signIn.logout([.cookie(session.cookie)])
            }
        }
        #expect(throws: AuthError.confirmationRequired) {
            try service.verifyEmail("link", nil, presenting: .cookie(session.cookie))
        }
        let other = try world.signIn(email)
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().changePassword(to: "another password", by: other)
            }
        }
        #expect(throws: AuthError.invalidCredentials) { try service.verifyEmail("link") }
        #expect(!isConfirmed)
        try service.verifyEmail("link", "another password")
    }

    @Test
    func
        `the confirmation page states the address of the link and when the account was created and changes nothing`()
        throws
    {
        try world.addLink("link", .verifyEmail, of: email)
        world.clock.advance(seconds: 3_661)
        let (start, writes) = (TestClock.start, world.store.writes)
        func look(_ shown: PresentedCredential? = nil) throws -> EmailLink {
            try service.email.emailLink(token: "link", presented: shown)
        }
        let link = try look()
        #expect(link.email.address == email && link.openedAt == start)
        #expect(!link.isChange && !link.isSignedIn && link.setsPassword)
        #expect(try look(.cookie(world.signIn(email).cookie)).isSignedIn)
        #expect(try !look(.cookie(world.signIn(Person.owner.email).cookie)).isSignedIn)
        #expect(world.store.writes == writes)
        for token in ["", "x"] {
            #expect(throws: AuthError.invalidLink) {
                try service.email.emailLink(token: token, presented: nil)
            }
        }
        world.change(email) { $0.status = .disabled }
        #expect(throws: AuthError.invalidLink) { try look() }
    }

    @Test(arguments: LinkToken.Purpose.allCases)
    func `an expired link is told from one that was used, replaced or never existed`(
        purpose: LinkToken.Purpose
    ) throws {
        try world.addLink("replaced", purpose, of: email)
        try world.addLink("link", purpose, of: email)
        world.clock.advance(seconds: Int(purpose.lifetime) - 1)
        #expect(try service.email.expiredLink(token: "link") == nil)
        let writes = world.store.writes
        world.clock.advance(seconds: 1)
        let expired = try service.email.expiredLink(token: "link")
        #expect(expired == ExpiredLink(purpose: purpose, expiredAt: world.clock.now))
        for token in ["", "x", "replaced"] {
            #expect(try service.email.expiredLink(token: token) == nil)
        }
        #expect(world.store.writes == writes)
    }

    @Test func `the page of an address change names only the new address and sets no password`()
        throws
    {
        try world.addLink("link", .verifyEmail, of: email, proving: "new@example.org")
        let link = try service.email.emailLink(token: "link", presented: nil)
        #expect(link.email.address == "new@example.org" && link.isChange && !link.setsPassword)
    }

    @Test func `the page of an administrator with an unconfirmed address sets no password`() throws
    {
        world.unconfirm(Person.owner.email)
        try world.addLink("link", .verifyEmail, of: Person.owner.email)
        #expect(try !service.email.emailLink(token: "link", presented: nil).setsPassword)
    }

    @Test func `a used link reports when it was used`() throws {
        try world.addLink("link", .verifyEmail, of: email)
        try service.verifyEmail("link")
        let (another, time) = (service, world.clock.now)
        world.clock.advance(seconds: 5)
        for use in [
            { _ = try another.verifyEmail("link") },
            { _ = try another.email.emailLink(token: "link", presented: nil) },
            { _ = try another.email.rejectEmail(token: .text("link")) },
            { try another.email.cancelEmailChange(token: .text("link")) },
        ] as [() throws -> Void] {
            #expect(settledLink(use) == SettledLink(.confirmed, at: time))
        }
    }
}
