import Crypto
import Testing
import TestSupport

@testable import Auth

struct EmailChangeTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let session: Credentials

    init() throws {
        world = try World(.owner, .customer, .pending)
        service = try world.service()
        session = try world.signIn(email)
    }

    private func useLink() throws {
        let mail = try #require(try world.mails().last { $0.kind == .verify })
        try service.verifyEmail(mail.values.token)
    }

    @Test func `the address changes when the link sent to the new address is used`() throws {
        try service.changeEmail(to: "New@example.org", by: session)
        #expect(world.account(email) != nil && world.account("new@example.org") == nil)
        let mail = try #require(try world.mails().last)
        #expect(try world.mails().count == 1)
        #expect(mail.kind == .verify && mail.to == "new@example.org")
        #expect(mail.values["name"] == "new")
        try useLink()
        #expect(world.account(email) == nil)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
        try service.login("new@example.org")
    }

    @Test func `an unconfirmed old address gets no notice of the change`() throws {
        try service.changeEmail(to: "new@example.org", by: session)
        try useLink()
        #expect(try world.mails(of: .emailChanged).isEmpty)
        #expect(world.throttle.mailRefusals.count(.unconfirmed) == 1)
    }

    @Test func `an address change keeps sessions and notifies the confirmed old address`() throws {
        world.confirm(email)
        try service.changeEmail(to: "new@example.org", by: session)
        try useLink()
        let caller = try service.authenticate(.cookie(session.cookie))
        #expect(caller.account.email.address == "new@example.org")
        let notice = try #require(try world.mails().last)
        #expect(notice.kind == .emailChanged && notice.to == email)
        #expect(notice.values == ["name": "customer", "newEmail": "new@example.org"])
    }

    @Test func `a change link is single-use and replaced by the next one`() throws {
        try service.changeEmail(to: "first@example.org", by: session)
        let first = try #require(try world.mails().last).values.token
        try service.changeEmail(to: "second@example.org", by: session)
        #expect(throws: AuthError.invalidLink) { try service.verifyEmail(first) }
        try useLink()
        #expect(throws: AuthError.invalidLink) { try useLink() }
        #expect(world.account("second@example.org") != nil)
    }

    @Test func `an address change does not reveal whether the new address has an account`() throws {
        let (reads, writes) = (world.store.reads, world.store.writes)
        try service.changeEmail(to: "new@example.org", by: session)
        let (free, once) = (world.store.reads - reads, world.store.writes - writes)
        #expect(once == 1)
        try service.changeEmail(to: Person.owner.email, by: session)
        #expect(world.store.reads - reads == 2 * free && world.store.writes - writes == 2 * once)
        #expect(
            try world.mails().map(\.to) == ["new@example.org"], "the taken address gets no mail")
        #expect(
            world.store.memory.linkTokens.count == 1, "the earlier link is invalid in both cases")
        #expect(throws: AuthError.invalidLink) { try useLink() }
    }

    @Test func `a change to an address that was taken meanwhile fails`() throws {
        try service.changeEmail(to: "new@example.org", by: session)
        try world.add("new@example.org")
        #expect(throws: AuthError.emailTaken) { try useLink() }
        #expect(world.account(email) != nil)
        #expect(!(try world.mails().contains { $0.kind == .emailChanged }))
    }

    @Test func `the current address and an invalid one are rejected`() throws {
        let service = service
        for address in [email, "CUSTOMER@example.org", "x", ""] {
            #expect(
                fieldsAtFault { try service.changeEmail(to: address, by: session) } == ["email"])
        }
        let caller = try service.caller(session)
        #expect(
            fieldsAtFault {
                try service.email.changeEmail(
                    to: .absent, password: .notText, by: caller, from: .sample)
            } == ["email", "password"])
        #expect(world.gate.turns == 0)
    }

    @Test func `a wrong password sends no mail and counts as an attempt`() throws {
        for _ in 0..<15 {
            #expect(throws: AuthError.wrongPassword) {
                try service.changeEmail(to: "new@example.org", "wrong", by: session)
            }
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
            try service.changeEmail(to: "new@example.org", by: session)
        }
        #expect(world.store.writes == 0)
    }

    @Test func `a password changed during the request sends no mail`() throws {
        let (world, session) = (world, session)
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().changePassword(to: "another password", by: session)
            }
        }
        #expect(throws: AuthError.wrongPassword) {
            try service.changeEmail(to: "new@example.org", by: session)
        }
        #expect(world.store.memory.mails.isEmpty && world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a pending account cannot change its address`() throws {
        let pending = try world.signIn(Person.pending.email)
        #expect(throws: AuthError.pendingApproval) {
            try service.changeEmail(to: "new@example.org", by: pending)
        }
    }

    @Test(arguments: ["new@example.org", "owner@example.org"])
    func `the mails to one address are limited, with or without an account`(address: String) throws
    {
        for _ in 0..<3 { try service.changeEmail(to: address, by: session) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.changeEmail(to: address, by: session)
        }
    }
}
