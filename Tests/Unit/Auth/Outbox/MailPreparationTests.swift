import Crypto
import Testing
import TestSupport

@testable import Auth

/// Preparation of a queued mail for delivery.
struct MailPreparationTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func queued(_ email: String) throws -> QueuedMail {
        try service.passwords.requestPasswordReset(of: .text(email))
        return try #require(world.store.memory.mails.last)
    }

    /// The same mail as currently stored.
    private func present(_ mail: QueuedMail) throws -> QueuedMail {
        try #require(world.store.memory.mails.first { $0.mail.id == mail.mail.id })
    }

    private func sent(_ mail: QueuedMail) throws -> [String: String]? {
        guard case .send(let content) = try service.outbox.prepare(mail) else { return nil }
        return content.values
    }

    @Test(arguments: [Person.customer, .owner, .pending])
    func `a reset mail is completed with name and link`(person: Person) throws {
        if person == .owner { world.change(person.email) { $0.emailVerifiedAt = $0.createdAt } }
        let mail = try queued(person.email)
        let values = try #require(try sent(mail))
        #expect(values["name"] == person.rawValue)
        #expect(
            values["link"] == "http://localhost/auth/password/reset?token=\(values.token)")
        #expect(values.token.utf8.count == 43)
        let token = try #require(world.store.memory.linkTokens.first)
        #expect(token.hash == LinkToken.hash(of: values.token))
        #expect(token.purpose == .resetPassword && token.email?.address == person.email)
        #expect(token.expiresAt == world.clock.now.adding(seconds: 1_800))
        let filled = try present(mail).mail
        #expect(filled.id == mail.mail.id && filled.createdAt == mail.mail.createdAt)
        #expect(filled.accountID == world.account(person.email)?.id, "deleted with the account")
    }

    @Test(arguments: ["nobody@example.org", "disabled@example.org"])
    func `a reset for an unknown or disabled account is dropped`(email: String) throws {
        let mail = try queued(email)
        #expect(try service.outbox.prepare(mail) == .dropped)
        #expect(world.store.memory.mails.isEmpty && world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a retry sends the same link while it is valid`() throws {
        let mail = try queued(email)
        let first = try #require(try sent(mail))
        world.clock.advance(seconds: 1_799)
        #expect(try sent(present(mail)) == first)
        world.clock.advance(seconds: 1)
        let second = try #require(try sent(present(mail)))
        #expect(second.token != first.token)
        #expect(try sent(present(mail)) == second)
        try service.resetPassword(second.token, to: "another password")
    }

    @Test func `a retry is dropped after its link was used or replaced`() throws {
        let used = try queued(email)
        let values = try #require(try sent(used))
        let usedAgain = try present(used)
        try service.resetPassword(values.token, to: "another password")
        #expect(try service.outbox.prepare(usedAgain) == .dropped)

        let (first, second) = (try queued(email), try queued(email))
        _ = try sent(first)
        world.clock.advance(seconds: 600)
        let newest = try #require(try sent(second))
        #expect(try service.outbox.prepare(present(first)) == .dropped)
        try service.resetPassword(newest.token, to: "a third password")
    }

    @Test func `a link is not replaced within ten minutes`() throws {
        let (first, second) = (try queued(email), try queued(email))
        let link = try #require(try sent(first))
        world.clock.advance(seconds: 599)
        #expect(try service.outbox.prepare(second) == .dropped)
        try service.resetPassword(link.token, to: "another password")
    }

    @Test func `a reset follows its address and not the account`() throws {
        let mail = try queued(email)
        try world.addLink("change", .verifyEmail, of: email, proving: "new@example.org")
        try service.verifyEmail("change")
        #expect(try service.outbox.prepare(mail) == .dropped)

        let other = try queued("new@example.org")
        _ = try sent(other)
        world.change("new@example.org") { $0.status = .disabled }
        #expect(try service.outbox.prepare(present(other)) == .dropped)
    }

    /// A link that sets a password would make the mailbox alone enough to get in: only an address that was never
    /// confirmed gets one, which removes the passkey.
    @Test(arguments: [true, false])
    func `an account without a password is told how to get back in`(isConfirmed: Bool) throws {
        if isConfirmed { world.confirm(email) }
        world.store.change { memory in
            memory.credentials = memory.credentials.map {
                AccountCredential(
                    account: $0.account,
                    passwordHash: $0.account.email.address == Person.customer.email
                        ? nil : $0.passwordHash)
            }
        }
        let account = try #require(world.account(email))
        try world.store.write { transaction throws(AuthError) in
            try transaction.insert(
                Credential(
                    id: .random(), accountID: account.id, kind: .passkey, handle: [1], data: [],
                    createdAt: transaction.now))
        }
        let mail = try queued(email)
        guard isConfirmed else {
            #expect(try service.outbox.prepare(mail) != .dropped)
            #expect(world.store.memory.linkTokens.count == 1)
            return
        }
        #expect(try service.outbox.prepare(mail) == .dropped)
        let next = try #require(try service.outbox.nextMail())
        #expect(next.queued.mail.kind == .passwordless && next.queued.mail.id != mail.mail.id)
        #expect(next.queued.mail.recipient.address == email)
        #expect(next.queued.mail.accountID == account.id)
        #expect(
            next.content.values == [
                "name": Person.customer.rawValue, "link": "http://localhost/auth/login",
            ])
        #expect(world.store.memory.mails.count == 1 && world.store.memory.linkTokens.isEmpty)
        #expect(world.store.memory.recipientMails.count == 1, "it counts once")
    }

    @Test func `a mail removed meanwhile creates no link`() throws {
        let mail = try queued(email)
        world.store.change { $0.mails = [] }
        #expect(try service.outbox.prepare(mail) == .dropped)
        #expect(world.store.memory.linkTokens.isEmpty)
    }

    @Test func `every other mail is sent unchanged`() throws {
        try service.signup("new@example.org")
        let mail = try #require(world.store.memory.mails.last)
        let writes = world.store.writes
        #expect(
            try service.outbox.prepare(mail)
                == .send(MailContent(language: .en, values: world.mails()[0].values)))
        #expect(world.store.writes == writes)
    }

    @Test(arguments: [Mail.Kind.reset, .welcome])
    func `a mail that no key decrypts is given up with an error`(kind: Mail.Kind) throws {
        let mail = Mail(
            id: .random(), kind: kind, recipient: try #require(Email(email)), accountID: nil,
            content: [1, 2, 3], createdAt: world.clock.now)
        let waiting = QueuedMail(
            mail: mail, attempts: 2, nextAttemptAt: world.clock.now, lastError: nil)
        world.store.change { $0.mails = [waiting] }
        #expect(try service.outbox.prepare(waiting) == .dropped)
        let dead = try present(waiting)
        #expect(dead.nextAttemptAt == nil && dead.attempts == 3)
        #expect(dead.lastError?.contains("no present key opens it") == true)
    }

    @Test func `a store failure drops no mail`() throws {
        let mail = try queued(email)
        world.store.condition = .broken
        #expect(throws: AuthError.unavailable("disk I/O error")) {
            try service.outbox.prepare(mail)
        }
        world.store.condition = .well
        #expect(try sent(mail) != nil)
    }
}
