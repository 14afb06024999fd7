import Crypto
import Testing
import TestSupport

@testable import Auth

struct OutboxTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func enqueue(
        _ kind: Mail.Kind = .welcome, to address: String = Person.customer.email,
        _ values: [String: String] = ["name": "Ada", "link": "https://example.org/?a=b\u{0}c"]
    ) throws -> Mail {
        let recipient = try #require(Email(address))
        let mail = try #require(
            try world.mail.mail(
                kind, to: Recipient(unproven: recipient), of: nil, values, at: world.clock.now))
        let writer = world.mail
        _ = try world.store.write { transaction throws(AuthError) in
            try transaction.post(mail, by: writer)
        }
        return mail
    }

    @Test func `a mail is decrypted as written, without NUL characters`() throws {
        let mail = try enqueue()
        let next = try #require(try service.outbox.nextMail())
        #expect(next.queued.mail == mail && next.queued.attempts == 0)
        #expect(next.content.values == ["name": "Ada", "link": "https://example.org/?a=bc"])
        #expect(!String(decoding: mail.content, as: UTF8.self).contains("example.org"))
    }

    @Test func `a mail whose row was changed is given up and not sent`() throws {
        let mail = try enqueue()
        let thief = try #require(Email("thief@example.org"))
        let changed = Mail(
            id: mail.id, kind: mail.kind, recipient: thief, accountID: nil, content: mail.content,
            createdAt: mail.createdAt)
        try world.store.write { transaction throws(AuthError) in
            _ = try transaction.updateMail(changed)
        }
        #expect(try service.outbox.nextMail() == nil)
        let left = try #require(try service.outbox.queuedMail(PageRequest()).items.first)
        #expect(left.nextAttemptAt == nil && left.lastError?.contains("key") == true)
    }

    @Test func `a sent mail is deleted from the outbox`() throws {
        _ = try enqueue()
        let next = try #require(try service.outbox.nextMail())
        try service.outbox.settle(next.queued, .sent, nextAttemptAt: nil)
        #expect(world.store.memory.mails.isEmpty)
    }

    @Test func `a deferred mail is due again at its next attempt`() throws {
        _ = try enqueue()
        let first = try #require(try service.outbox.nextMail())
        let later = world.clock.now.adding(seconds: 60)
        try service.outbox.settle(first.queued, .deferred("451 later"), nextAttemptAt: later)
        #expect(try service.outbox.nextMail() == nil)
        world.clock.advance(seconds: 60)
        let second = try #require(try service.outbox.nextMail())
        #expect(second.queued.mail.id == first.queued.mail.id && second.queued.attempts == 1)
        #expect(second.queued.lastError == "451 later" && second.content == first.content)
    }

    @Test func `a rejected mail stays until it is retried`() throws {
        let mail = try enqueue()
        let next = try #require(try service.outbox.nextMail())
        try service.outbox.settle(
            next.queued, .rejected("550 unknown"), nextAttemptAt: world.clock.now)
        #expect(try service.outbox.nextMail() == nil)
        #expect(try world.store.mailCounts() == MailCounts(waiting: 0, dead: 1))
        #expect(throws: AuthError.notFound) { try service.outbox.retryMail(.random()) }
        #expect(try service.outbox.retryMail(nil) == 1)
        #expect(try service.outbox.nextMail()?.queued.mail == mail)
        #expect(try service.outbox.retryMail(mail.id) == 1)
    }

    @Test func `a retry of all covers waiting and rejected mails`() throws {
        _ = (try enqueue(), try enqueue())
        let end = world.clock.now.adding(seconds: 3_600)
        for next in [end, nil] as [Timestamp?] {
            let mail = try #require(try service.outbox.nextMail())
            try service.outbox.settle(mail.queued, .deferred("451"), nextAttemptAt: next)
        }
        _ = try enqueue()
        #expect(try service.outbox.retryMail(nil) == 2, "one is due already")
        for _ in 1...3 {
            let mail = try #require(try service.outbox.nextMail())
            try service.outbox.settle(mail.queued, .sent, nextAttemptAt: nil)
        }
    }

    @Test func `a test mail is delivered like every other`() throws {
        let id = try #require(try service.outbox.sendTestMail(to: "Any@example.com"))
        #expect(throws: AuthError.self) { try service.outbox.sendTestMail(to: "any") }
        let next = try #require(try service.outbox.nextMail())
        #expect(next.queued.mail.id == id && next.queued.mail.kind == .test)
        #expect(next.queued.mail.recipient.address == "any@example.com")
        try service.outbox.settle(next.queued, .rejected("550"), nextAttemptAt: nil)
        let given = try #require(try service.outbox.queuedMail(id))
        #expect(given.attempts == 1 && given.lastError == "550")
        try service.outbox.dropMail(id)
        #expect(try service.outbox.queuedMail(id) == nil)
    }

    @Test func `without a transport no mail is written`() throws {
        let recipient = try #require(Email("ada@example.org"))
        let silent = MailWriter(keys: nil, throttle: world.throttle)
        #expect(!silent.isEnabled)
        let mail = try silent.mail(
            .welcome, to: Recipient(unproven: recipient), of: nil, [:], at: TestClock.start)
        #expect(mail == nil)
    }

    @Test func `a replaced key decrypts earlier mails until it is removed`() throws {
        let (old, new) = (Secret.random(), Secret.random())
        let keys = MailEncryptionKeys([old])
        let writer = MailWriter(keys: keys, throttle: world.throttle)
        let recipient = try #require(Email("ada@example.org"))
        let mail = try #require(
            try writer.mail(
                .verify, to: Recipient(unproven: recipient), of: nil, ["a": "b"],
                at: TestClock.start))
        keys.replace(by: [new, old])
        #expect(try writer.content(of: mail)?.values == ["a": "b"])
        keys.replace(by: [new])
        #expect(try writer.content(of: mail) == nil)
    }
}
