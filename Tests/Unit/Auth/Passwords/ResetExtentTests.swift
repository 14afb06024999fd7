import Crypto
import Testing
import TestSupport

@testable import Auth

/// The effects of a reset by mail, and the accounts that are excluded from it.
struct ResetExtentTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .admin, .customer, .member, .pending)
        service = try world.service()
    }

    private func confirm(_ person: Person) {
        world.change(person.email) { $0.emailVerifiedAt = $0.createdAt }
    }

    /// Adds an invite created by the customer.
    private func invite(
        _ code: String, uses: Int = 0, isPaused: Bool = false, lifetime: Int64 = 60
    ) throws {
        let owner = try #require(world.account(email)?.id)
        let now = world.clock.now
        world.store.change { memory in
            var stored = StoredInvite(
                code: code, isPaused: isPaused, expiresAt: now.adding(seconds: lifetime))
            stored.invite.createdBy = owner
            stored.invite.uses = uses
            memory.invites.append(stored)
        }
    }

    @Test(arguments: [true, false], [LinkToken.Purpose.resetPassword, .verifyEmail])
    func `a reset revokes everything that predates it and the notice counts each kind`(
        isConfirmed: Bool, purpose: LinkToken.Purpose
    ) throws {
        if isConfirmed { confirm(.customer) }
        let sessions = try (0..<3).map { _ in try world.signIn(email) }
        let device = try service.login(email).deviceToken
        let keys = try (0..<2).map { _ in try world.makeKey(of: email).text }
        try world.makeKey(of: email, lifetime: 0)
        let foreign = try world.makeKey(of: Person.member.email).text
        let other = purpose == .verifyEmail ? LinkToken.Purpose.resetPassword : .verifyEmail
        try world.addLink("used", purpose, of: email)
        try world.addLink("other", other, of: email)
        try invite("open")
        try invite("paused", isPaused: true)
        try invite("used up", uses: 1)
        try invite("expired", lifetime: 0)
        world.store.change { $0.invites.append(StoredInvite(code: "foreign")) }

        try service.resetPassword("used", to: "another password")

        for session in sessions {
            #expect(throws: AuthError.unauthenticated) {
                try service.identify(.cookie(session.cookie))
            }
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        }
        for key in keys {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        }
        try service.identify(.bearer(foreign))
        let address = try #require(Email(email))
        let credential = try #require(try world.store.credential(address))
        let known = try #require(service.client(device).device)
        #expect(!known.isTrusted(for: credential))
        #expect(world.store.memory.linkTokens.isEmpty)
        #expect(
            world.store.memory.invites.map(\.codeHash)
                == ["used up", "expired", "foreign"].map { SHA256.digest($0.utf8) })
        #expect(world.account(email)?.emailVerifiedAt != nil)
        let values = try #require(try world.mails(of: .passwordReset).last?.values)
        let counts = ["sessions", "apiKeys", "devices", "links", "invitations"].map { values[$0] }
        // One of the sessions was begun on another kind of device than the others.
        #expect(counts == ["4", "2", "2", "1", "2"])
        try service.login(email, "another password")
    }

    @Test func `the notice counts zero when nothing was revoked`() throws {
        try world.addLink("used", .resetPassword, of: email)
        try service.resetPassword("used", to: "another password")
        let values = try #require(try world.mails(of: .passwordReset).last?.values)
        for name in ["sessions", "apiKeys", "devices", "links", "invitations"] {
            #expect(values[name] == "0")
        }
    }

    @Test
    func
        `a confirmation link to the current address sets a password and one to a new address does not`()
        throws
    {
        try world.addLink("change", .verifyEmail, of: email, proving: "new@example.org")
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("change", to: "another password")
        }
        #expect(world.gate.turns == 0 && world.store.writes == 0)
        try world.addLink("present", .verifyEmail, of: email)
        try service.resetPassword("present", to: "another password")
        try service.login(email, "another password")
        let (another, time) = (service, world.clock.now)
        #expect(
            settledLink { try another.resetPassword("present", to: "a third password") }
                == SettledLink(.passwordSet, at: time))
    }

    @Test(arguments: [Person.owner, .admin])
    func `no link resets the password of an administrator with an unconfirmed address`(
        person: Person
    ) throws {
        world.unconfirm(person.email)
        try service.passwords.requestPasswordReset(of: .text(person.email))
        #expect(try world.deliver(by: service).isEmpty)
        #expect(world.store.memory.linkTokens.isEmpty)
        for purpose in [LinkToken.Purpose.resetPassword, .verifyEmail] {
            try world.addLink("link", purpose, of: person.email)
            #expect(throws: AuthError.invalidLink) {
                try service.resetPassword("link", to: "another password")
            }
        }
        #expect(world.gate.turns == 0)
        try service.login(person.email)

        confirm(person)
        // While a link is valid, no other replaces it.
        world.store.change { $0.linkTokens = [] }
        try service.passwords.requestPasswordReset(of: .text(person.email))
        let mail = try #require(try world.deliver(by: service).last)
        try service.resetPassword(mail.values.token, to: "another password")
        try service.login(person.email, "another password")
    }

    @Test func `a link no longer resets an account that became an administrator meanwhile`() throws
    {
        try world.addLink("link", .resetPassword, of: email)
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.role = .admin } }
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("link", to: "another password")
        }
        try service.login(email)
    }
}
