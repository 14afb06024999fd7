import Crypto
import Testing
import TestSupport

@testable import Auth

/// Steps after a secret key is compromised.
struct KeyReplacementTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func requestReset(_ count: Int) throws {
        for _ in 0..<count {
            try service.passwords.requestPasswordReset(of: .text("nobody@example.org"))
            world.clock.advance(seconds: 86_400)
        }
    }

    @Test func `resealed mails can be read with the new key and not with the old one`()
        throws
    {
        let (old, new) = (Secret.random(), Secret.random())
        world.sealingKeys.replace(by: [old])
        try requestReset(3)
        let before = try world.mails().map(\.values)
        world.sealingKeys.replace(by: [new, old])
        #expect(try service.administration.resealMails(by: world.mail) == 3)
        world.sealingKeys.replace(by: [new])
        #expect(try world.mails().map(\.values) == before)
        world.sealingKeys.replace(by: [old])
        #expect(throws: AuthError.self) { try world.mails() }
    }

    @Test func `mails that no key decrypts are left unchanged`() throws {
        world.sealingKeys.replace(by: [.random()])
        try requestReset(1)
        let before = world.store.memory.mails.map(\.mail)
        world.sealingKeys.replace(by: [.random()])
        #expect(try service.administration.resealMails(by: world.mail) == 0)
        #expect(world.store.memory.mails.map(\.mail) == before)
    }

    @Test func `resealing covers more mails than one transaction takes`() throws {
        let account = try #require(world.account(Person.customer.email))
        let mails = try (0..<205).compactMap { _ in
            try world.mail.mail(
                .welcome, to: Recipient(account), of: account.id, [:], at: world.clock.now)
        }
        world.store.change { memory in
            memory.mails = mails.map {
                QueuedMail(mail: $0, attempts: 0, nextAttemptAt: $0.createdAt, lastError: nil)
            }
        }
        #expect(try service.administration.resealMails(by: world.mail) == 205)
    }

    @Test func `ending all sessions signs out every account`() throws {
        let sessions = try [Person.owner, .customer].map { try world.signIn($0.email) }
        #expect(try service.administration.endAllSessions() == 2)
        for session in sessions {
            #expect(throws: AuthError.self) {
                try service.signIn.identify(.bearer(Array(session.token.utf8)[...]), for: .read)
            }
        }
    }

    @Test func `ending all sessions covers more than one transaction takes`() throws {
        let account = try #require(world.account(Person.customer.email))
        let count = AdministrationService.sessionBatch + 5
        try world.store.write { transaction throws(AuthError) in
            for _ in 0..<count {
                let session = Session.sample(of: account, at: transaction.now)
                try transaction.insert(session, from: .commandLine)
            }
        }
        world.forgetEvents()
        #expect(try service.administration.endAllSessions() == count)
        #expect(world.liveSessions(of: Person.customer.email).isEmpty)
        #expect(world.events(.sessionsEnded).map { $0.value("count") } == ["1000", "5"])
    }

    @Test func `ending all sessions ends half sign-ins and the trust in every browser`() throws {
        let accounts = try [Person.owner, .customer].map { try #require(world.account($0.email)) }
        try world.store.write { transaction throws(AuthError) in
            for account in accounts {
                try transaction.trust(
                    TrustedBrowser(
                        id: .random(), hash: SHA256.digest(account.id.octets),
                        accountID: account.id, createdAt: transaction.now,
                        expiresAt: transaction.now.adding(seconds: 600), userAgent: nil,
                        address: nil))
            }
        }
        _ = try service.passkeys.signInOptions(.signIn)
        _ = try world.addFactors(to: Person.customer.email)
        _ = try service.firstStep(Person.customer.email)
        #expect(world.store.memory.challenges.count == 2)
        _ = try service.administration.endAllSessions()
        let memory = world.store.memory
        #expect(memory.trustedBrowsers.isEmpty && memory.challenges.isEmpty)
    }
}
