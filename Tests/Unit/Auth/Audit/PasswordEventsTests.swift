import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the record says of passwords and of the readers of mailboxes.
struct PasswordEventsTests {
    private let it: FactorWorld

    private var world: World { it.world }
    private var service: AuthService { it.service }

    init() throws {
        it = try FactorWorld()
        it.service.begin(for: .sample)
    }

    private func event(_ kind: EventKind) throws -> Event {
        let events = world.events(kind)
        #expect(events.count == 1)
        return try #require(events.first)
    }

    @Test func `a new password names the session in which it was set, and what it ended`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(it.email) }
        let caller = try service.caller(sessions[0])
        service.begin(as: caller)
        try service.passwords.changePassword(
            from: .text(Person.password), to: .text("another password"), by: caller, at: .sample)
        #expect(world.kinds == [.passwordChanged, .sessionsEnded])
        let event = try event(.passwordChanged)
        let id = try it.account.id
        #expect(event.subject == id && event.actor == .account(id))
        #expect(event.object == sessions[0].session.id)
        #expect(event.change("password") == EventChange(.password, from: "set", to: "set"))
        let ended = try #require(world.events(.sessionsEnded).first)
        #expect(ended.value("reason") == "new_password" && ended.value("count") == "2")
        #expect(!world.isRecorded("another password") && !world.isRecorded(Person.password))
    }

    @Test func `a refused password changes nothing on the record`() throws {
        let caller = try it.caller(by: .password)
        #expect(throws: AuthError.wrongPassword) {
            try service.passwords.changePassword(
                from: .text("wrong"), to: .text("another password"), by: caller, at: .sample)
        }
        #expect(world.events.isEmpty)
    }

    @Test func `a reset by mail is the deed of the holder of a link`() throws {
        _ = try world.signIn(it.email)
        try world.addLink("used", .resetPassword, of: it.email)
        try world.addLink("other", .verifyEmail, of: it.email)
        try service.resetPassword("used", to: "another password")
        let event = try event(.passwordReset)
        #expect(try event.subject == it.account.id && event.actor == .link)
        #expect(event.client.address == "192.0.2.1")
        #expect(event.change("links") == EventChange(.links, from: "1", to: "0"))
        #expect(world.events(.sessionsEnded).map { $0.value("reason") } == ["new_password"])
        #expect(world.events.allSatisfy { $0.actor == .link })
        #expect(!world.isRecorded("used") && !world.isRecorded("another password"))
    }

    @Test func `a reset of an account that was never confirmed removes its factors`() throws {
        try it.addApp()
        world.unconfirm(it.email)
        world.forgetEvents()
        service.begin(for: .sample)
        try world.addLink("used", .resetPassword, of: it.email)
        try service.resetPassword("used", to: "another password")
        let event = try event(.factorsReset)
        #expect(event.actor == .link && event.change("factor")?.old == "totp")
    }

    @Test func `an account without a password says so`() throws {
        var passkey = TestPasskey()
        try it.add(&passkey)
        let caller = try it.caller(by: [.hardwareKey, .userVerified])
        world.forgetEvents()
        service.begin(as: caller)
        try service.factors.removePassword(by: caller, from: .sample)
        let event = try event(.passwordRemoved)
        #expect(event.change("password") == EventChange(.password, from: "set"))
        #expect(event.object == caller.session?.id)
        world.forgetEvents()
        try service.passwords.changePassword(
            from: .absent, to: .text("another password"), by: caller, at: .sample)
        let change = try self.event(.passwordChanged).change("password")
        #expect(change == EventChange(.password, to: "set"))
    }

    @Test(arguments: [Person.customer, .admin])
    func `the reader of an address who rejects its account is on the record`(
        person: Person
    ) throws {
        world.change(person.email) { $0.approvedAt = $0.createdAt }
        try world.addLink("link", .verifyEmail, of: person.email)
        let id = try #require(world.account(person.email)).id
        _ = try service.email.rejectEmail(token: .text("link"))
        let event = try event(.emailRejected)
        #expect(event.subject == id && event.actor == .link)
        #expect(!world.isRecorded("192.0.2.1"), "the account would see where the reader is")
        #expect(event.value("email") == person.email)
        #expect(event.value("outcome") == (person == .admin ? "reported" : "disabled"))
    }

    @Test func `a change of address that its reader cancels is on the record`() throws {
        try world.addLink("link", .verifyEmail, of: it.email, proving: "new@example.org")
        try service.email.cancelEmailChange(token: .text("link"))
        let event = try event(.emailRejected)
        #expect(event.value("email") == "new@example.org" && event.actor == .link)
        #expect(event.value("outcome") == "cancelled" && !world.isRecorded("192.0.2.1"))
    }

    @Test func `an address is confirmed by the account that proves to own it`() throws {
        world.unconfirm(it.email)
        try world.addLink("link", .verifyEmail, of: it.email)
        try service.verifyEmail("link")
        let event = try event(.emailConfirmed)
        #expect(try event.subject == it.account.id && event.actor == .account(it.account.id))
        try world.addLink("next", .verifyEmail, of: it.email, proving: "new@example.org")
        try service.verifyEmail("next")
        let change = try self.event(.emailChanged).change("email")
        #expect(change == EventChange(.email, from: it.email, to: "new@example.org"))
        #expect(!world.isRecorded("link") && !world.isRecorded("next"))
    }
}
