import Crypto
import Testing
import TestSupport

@testable import Auth

/// What administrators do with the outbox.
struct OutboxAdministrationTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member)
        service = try world.service()
    }

    private func administrator(_ person: Person) throws -> Administrator {
        .caller(try service.caller(world.signIn(person.email)))
    }

    /// Queues a test mail that the server gave up.
    private func deadMail() throws -> UUID {
        let id = try #require(try service.outbox.sendTestMail(to: "any@example.org"))
        let next = try #require(try service.outbox.nextMail())
        try service.outbox.settle(next.queued, .rejected("550 no"), nextAttemptAt: nil)
        return id
    }

    @Test func `an administrator sends a test mail, tries it again and drops it`() throws {
        let admin = try administrator(.admin)
        let id = try #require(
            try service.outbox.sendTestMail(to: "any@example.org", by: admin))
        let next = try #require(try service.outbox.nextMail())
        #expect(next.queued.mail.id == id)
        try service.outbox.settle(next.queued, .rejected("550 no"), nextAttemptAt: nil)
        let page = PageRequest()
        let dead = try #require(try service.outbox.queuedMail(page, .dead).items.first)
        #expect(dead.mail.id == id && dead.attempts == 1 && dead.lastError == "550 no")
        #expect(try service.outbox.queuedMail(page, .waiting).items.isEmpty)
        #expect(try service.outbox.retryMail(id, by: admin) == 1)
        #expect(try service.outbox.queuedMail(page, .waiting).items.map(\.mail.id) == [id])
        _ = service.takeJournal()
        try service.outbox.dropMail(id, by: admin)
        #expect(try service.outbox.queuedMail(page).items.isEmpty)
        #expect(
            service.takeJournal().changes == [
                .init(
                    name: "mail", account: nil, old: "\(id)", new: "dropped", author: admin.author)
            ])
    }

    @Test func `an administrator drops no mail to the owner`() throws {
        let id = try #require(
            try service.outbox.sendTestMail(to: Person.owner.email, by: administrator(.admin)))
        #expect(throws: AuthError.forbidden) {
            try service.outbox.dropMail(id, by: administrator(.admin))
        }
        try service.outbox.dropMail(id, by: administrator(.owner))
        #expect(try service.outbox.queuedMail(PageRequest()).items.isEmpty)
    }

    @Test func `a mail that is gone cannot be tried again or dropped`() throws {
        let (admin, id) = (try administrator(.admin), try deadMail())
        try service.outbox.dropMail(id, by: admin)
        _ = service.takeJournal()
        #expect(throws: AuthError.notFound) { try service.outbox.dropMail(id, by: admin) }
        #expect(throws: AuthError.notFound) { try service.outbox.retryMail(id, by: admin) }
        #expect(service.takeJournal().changes == [])
    }

    @Test func `only an administrator in person changes the outbox`() throws {
        let id = try deadMail()
        let key = try world.makeKey(of: Person.owner.email, scopes: [.read, .admin]).text
        let program = Administrator.caller(
            try service.signIn.authenticateAdministrator(.bearer(key), for: .administration))
        let member = try administrator(.member)
        let demoted = try administrator(.admin)
        world.change(Person.admin.email) { $0.role = .member }
        let verbs: [@Sendable (AuthService, Administrator) throws -> Void] = [
            { try $0.outbox.dropMail(id, by: $1) }, { try $0.outbox.retryMail(id, by: $1) },
            { _ = try $0.outbox.sendTestMail(to: "any@example.org", by: $1) },
        ]
        for verb in verbs {
            #expect(throws: AuthError.apiKeyNotAllowed) { try verb(service, program) }
            #expect(throws: AuthError.forbidden) { try verb(service, member) }
            #expect(throws: AuthError.forbidden) { try verb(service, demoted) }
        }
        #expect(try service.outbox.queuedMail(PageRequest(), .dead).items.map(\.mail.id) == [id])
        #expect(world.store.memory.mails.count == 1)
    }

    @Test func `without a transport no test mail is queued`() throws {
        let silent = try World(people: [.owner], sendsMail: false, rules: .sample())
        let service = try silent.service()
        let owner = try service.caller(silent.signIn(Person.owner.email))
        #expect(
            try service.outbox.sendTestMail(to: "any@example.org", by: .caller(owner)) == nil)
    }
}
