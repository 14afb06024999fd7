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

    private func follow() throws {
        let mail = try #require(try world.mails().last { $0.kind == .verify })
        try service.verifyEmail(mail.values.token)
    }

    @Test func `the address is another one when the link that went there is used`() throws {
        try service.changeEmail(to: "New@example.org", by: session)
        #expect(world.account(email) != nil && world.account("new@example.org") == nil)
        let mail = try #require(try world.mails().last)
        #expect(try world.mails().count == 1)
        #expect(mail.kind == .verify && mail.to == "new@example.org")
        #expect(mail.values["name"] == "new")
        try follow()
        #expect(world.account(email) == nil)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
        try service.login("new@example.org")
    }

    @Test func `an old address that nobody confirmed is not told`() throws {
        try service.changeEmail(to: "new@example.org", by: session)
        try follow()
        #expect(try world.mails(of: .emailChanged).isEmpty)
        #expect(world.throttle.mailRefusals.count(.unconfirmed) == 1)
    }

    @Test func `sessions stay and the old address is told`() throws {
        world.confirm(email)
        try service.changeEmail(to: "new@example.org", by: session)
        try follow()
        let caller = try service.authenticate(.cookie(session.cookie))
        #expect(caller.account.email.address == "new@example.org")
        let notice = try #require(try world.mails().last)
        #expect(notice.kind == .emailChanged && notice.to == email)
        #expect(notice.values == ["name": "customer", "newEmail": "new@example.org"])
    }

    @Test func `the link is good once and only the last one`() throws {
        try service.changeEmail(to: "first@example.org", by: session)
        let first = try #require(try world.mails().last).values.token
        try service.changeEmail(to: "second@example.org", by: session)
        #expect(throws: AuthError.invalidLink) { try service.verifyEmail(first) }
        try follow()
        #expect(throws: AuthError.invalidLink) { try follow() }
        #expect(world.account("second@example.org") != nil)
    }

    @Test func `whether the other address has an account shows in nothing`() throws {
        let (reads, writes) = (world.store.reads, world.store.writes)
        try service.changeEmail(to: "new@example.org", by: session)
        let (free, once) = (world.store.reads - reads, world.store.writes - writes)
        #expect(once == 1)
        try service.changeEmail(to: Person.owner.email, by: session)
        #expect(world.store.reads - reads == 2 * free && world.store.writes - writes == 2 * once)
        #expect(try world.mails().map(\.to) == ["new@example.org"], "nobody is written to")
        #expect(world.store.memory.linkTokens.count == 1, "the link before is dead in both cases")
        #expect(throws: AuthError.invalidLink) { try follow() }
    }

    @Test func `an address that somebody got meanwhile stays theirs`() throws {
        try service.changeEmail(to: "new@example.org", by: session)
        try world.add("new@example.org")
        #expect(throws: AuthError.emailTaken) { try follow() }
        #expect(world.account(email) != nil)
        #expect(!(try world.mails().contains { $0.kind == .emailChanged }))
    }

    @Test func `the present address and what is none are refused`() throws {
        let service = service
        for address in [email, "CUSTOMER@example.org", "x", ""] {
            #expect(
                fieldsAtFault { try service.changeEmail(to: address, by: session) } == ["email"])
        }
        let caller = try service.caller(session)
        #expect(
            fieldsAtFault {
                try service.changeEmail(
                    to: .absent, password: .notText, by: caller, from: .sample)
            } == ["email", "password"])
        #expect(world.gate.turns == 0)
    }

    @Test func `a wrong password sends nothing and counts`() throws {
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

    @Test func `a password changed meanwhile sends nothing`() throws {
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

    @Test func `an account that waits for approval keeps its address`() throws {
        let pending = try world.signIn(Person.pending.email)
        #expect(throws: AuthError.pendingApproval) {
            try service.changeEmail(to: "new@example.org", by: pending)
        }
    }

    @Test(arguments: ["new@example.org", "owner@example.org"])
    func `an address gets so many mails whoever has it`(address: String) throws {
        for _ in 0..<3 { try service.changeEmail(to: address, by: session) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.changeEmail(to: address, by: session)
        }
    }
}
