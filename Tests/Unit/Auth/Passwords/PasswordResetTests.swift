import Crypto
import Testing
import TestSupport

@testable import Auth

/// Password resets requested without a session.
struct PasswordResetTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func request(_ email: String) throws {
        try service.passwords.requestPasswordReset(of: .text(email))
    }

    /// The token of the link that the last request sent.
    private func deliveredToken() throws -> String {
        try #require(try world.deliver(by: service).last).values.token
    }

    @Test(arguments: [
        "customer@example.org", "CUSTOMER@example.org", "owner@example.org",
        "pending@example.org", "disabled@example.org", "nobody@example.org",
    ])
    func `a reset request does the same work whether or not the address has an account`(
        email: String
    ) throws {
        try request(email)
        #expect(world.store.reads == 0 && world.store.writes == 1 && world.gate.turns == 0)
        let memory = world.store.memory
        #expect(memory.mails.count == 1 && memory.linkTokens.isEmpty)
        #expect(memory.mails[0].mail.accountID == nil)
        let mail = try world.mails()[0]
        #expect(mail.kind == .reset && mail.to == email.lowercased() && mail.values == [:])
        let sizes = memory.mails.map(\.mail.content.count)
        try request("someone.else@example.org")
        #expect(world.store.memory.mails[1].mail.content.count == sizes[0])
    }

    @Test func `a reset request for invalid text is accepted and sends nothing`() throws {
        for text in ["", "x", "a@b", "a b@example.org"] { try request(text) }
        #expect(world.store.writes == 0)
        #expect(throws: AuthError.invalidInput([.missing("email")])) {
            try service.passwords.requestPasswordReset(of: .absent)
        }
        #expect(throws: AuthError.invalidInput([InvalidInput("email", .notText)])) {
            try service.passwords.requestPasswordReset(of: .notText)
        }
    }

    @Test func `the page of a link names the account and changes nothing`() throws {
        for purpose in [LinkToken.Purpose.resetPassword, .verifyEmail] {
            try world.addLink("link", purpose, of: email)
            #expect(try service.passwords.resetAddress(token: "link").address == email)
        }
        #expect(world.store.writes == 0)
        try world.addLink("decide", .decide, of: email)
        try world.addLink("change", .verifyEmail, of: email, proving: "new@example.org")
        for token in ["", "x", "decide", "change"] {
            #expect(throws: AuthError.invalidLink) {
                try service.passwords.resetAddress(token: token)
            }
        }
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org"])
    func `the mails to one address are limited without telling the requester`(
        email: String
    ) throws {
        for _ in 0..<10 { try request(email) }
        #expect(try world.mails().count == 3 && world.store.writes == 10)
        try request("other@example.org")
        #expect(try world.mails().count == 4)
        world.clock.advance(seconds: 60)
        for _ in 0..<2 { try request(email) }
        #expect(try world.mails().count == 5)
    }

    @Test func `without a transport a reset request is refused and nothing is written`() throws {
        let world = try World(people: [.customer], sendsMail: false, rules: .sample())
        for address in [email, "nobody@example.org"] {
            #expect(throws: AuthError.mailNotConfigured) {
                try world.service().passwords.requestPasswordReset(of: .text(address))
            }
        }
        #expect(world.store.writes == 0)
    }

    @Test func `the link sets a new password and the old one is wrong`() throws {
        try request(email)
        try service.resetPassword(deliveredToken(), to: "another password")
        try service.login(email, "another password")
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
    }

    @Test func `a reset ends every session and link and confirms the address`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(email) }
        try world.addLink("change", .verifyEmail, of: email, proving: "thief@example.org")
        try world.addLink("reset", .resetPassword, of: email)
        try service.resetPassword("reset", to: "another password")
        for session in sessions {
            #expect(throws: AuthError.unauthenticated) {
                try service.identify(.cookie(session.cookie))
            }
        }
        #expect(world.store.memory.linkTokens.isEmpty)
        #expect(world.account(email)?.emailVerifiedAt == world.clock.now)
    }

    @Test func `a reset keeps the earlier confirmation time of the address`() throws {
        world.change(email) { $0.emailVerifiedAt = Timestamp(milliseconds: 7) }
        try world.addLink("reset", .resetPassword, of: email)
        try service.resetPassword("reset", to: "another password")
        #expect(world.account(email)?.emailVerifiedAt == Timestamp(milliseconds: 7))
    }

    @Test func `the reset notice states time and device`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        try service.resetPassword("reset", to: "another password")
        let mails = try world.mails()
        #expect(mails.map(\.kind) == [.passwordReset] && mails.map(\.to) == [email])
        #expect(mails[0].values["device"] == "Sample")
        #expect(mails[0].values["time"] == "2023-11-14 22:13 UTC")
    }

    @Test func `a reset link is single-use and valid for half an hour`() throws {
        try world.addLink("one", .resetPassword, of: email)
        try service.resetPassword("one", to: "another password")
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("one", to: "a third one")
        }
        try world.addLink("two", .resetPassword, of: email)
        world.clock.advance(seconds: 1_799)
        try service.resetPassword("two", to: "a fourth password")
        try world.addLink("three", .resetPassword, of: email)
        world.clock.advance(seconds: 1_800)
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("three", to: "a fifth password")
        }
    }

    @Test func `an invalid reset token is rejected before any hashing`() throws {
        try world.addLink("verify", .verifyEmail, of: email, proving: "new@example.org")
        try world.addLink("decide", .decide, of: Person.pending.email)
        try world.addLink("disabled", .resetPassword, of: Person.disabled.email)
        for token in [
            "", "x", "verify", "decide", "disabled", String(repeating: "x", count: 9_999),
        ] {
            #expect(throws: AuthError.invalidLink) {
                try service.resetPassword(token, to: "another password")
            }
        }
        #expect(world.gate.turns == 0 && world.store.writes == 0)
    }

    @Test func `a rejected password leaves the link valid`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        let service = service
        for password in ["short", "password1", "customer"] {
            #expect(
                fieldsAtFault { try service.resetPassword("reset", to: password) } == ["password"])
        }
        #expect(
            fieldsAtFault {
                try service.passwords.resetPassword(
                    token: .absent, password: .absent, from: .sample)
            } == ["token", "password"])
        #expect(world.gate.turns == 0)
        try service.resetPassword("reset", to: "another password")
    }

    @Test func `of two concurrent uses of a link the second fails`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        let world = world
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().resetPassword("reset", to: "the other one")
            }
        }
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("reset", to: "another password")
        }
        try service.login(email, "the other one")
    }

    @Test func `a reset link is invalidated by a change of password or address`() throws {
        let session = try world.signIn(email)
        try world.addLink("reset", .resetPassword, of: email)
        try service.changePassword(to: "another password", by: session)
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("reset", to: "a third password")
        }
        try world.addLink("reset", .resetPassword, of: email)
        try world.addLink("change", .verifyEmail, of: email, proving: "new@example.org")
        try service.verifyEmail("change", "another password")
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("reset", to: "a third password")
        }
    }

    @Test func `confirming the address leaves reset links valid`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        try world.addLink("confirm", .verifyEmail, of: email)
        try service.verifyEmail("confirm")
        try service.resetPassword("reset", to: "another password")
    }
}
