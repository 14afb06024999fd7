import Auth
import Crypto
import Synchronization
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct MailClaimsTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    private func enqueue(_ count: Int, in store: any Store) throws -> Set<UUID> {
        let recipient = try Email.sample("ada@example.org")
        let mails = (0..<count).map { number in
            Mail(
                id: .random(), kind: .welcome, recipient: recipient, accountID: nil,
                content: [UInt8(number)], createdAt: .start)
        }
        try store.write { transaction throws(AuthError) in
            for mail in mails { try transaction.enqueue(mail) }
        }
        return Set(mails.map(\.id))
    }

    @Test func `of several daemons each mail is sent by one`() throws {
        let storages = try (0..<3).map { _ in try shared.daemon() }
        let mails = try enqueue(60, in: storages[0].open)
        let sent = try inParallel(3) { index in
            var sent: [UUID] = []
            let store = storages[index].open
            while let mail = try? store.dueMail(at: .start) {
                let id = mail.mail.id
                sent.append(id)
                try? store.write { transaction throws(AuthError) in
                    _ = try transaction.deleteMail(id)
                }
            }
            return sent
        }.flatMap(\.self)
        #expect(sent.count == 60 && Set(sent) == mails)
    }

    @Test func `a daemon gets the mail again that it has not settled, and no other does`() throws {
        let (first, second) = (try shared.command(), try shared.command())
        let id = try #require(try enqueue(1, in: first.open).first)
        for _ in 0..<2 { #expect(try first.open.dueMail(at: .start)?.mail.id == id) }
        #expect(try second.open.dueMail(at: .start) == nil)
        try first.open.write { transaction throws(AuthError) in
            try transaction.noteFailure(
                ofMail: id, nextAttemptAt: .start.adding(seconds: 5), error: "451")
        }
        #expect(try second.open.dueMail(at: .start) == nil, "it is not due")
        #expect(try second.open.dueMail(at: .start.adding(seconds: 5))?.attempts == 1)
    }

    @Test func `the mail of a daemon that was killed is sent by another after a while`() throws {
        let command = try shared.command()
        defer { command.close() }
        let id = try #require(try enqueue(1, in: command.open).first)
        let database = try shared.database.connect()
        let (killed, other) = (UUID.random(), UUID.random())
        func claim(for holder: UUID, takesOver: Bool = true) throws -> UUID? {
            try MailClaims.claim(in: database, for: holder, takesOver: takesOver, at: .start)?
                .mail.id
        }
        #expect(try claim(for: killed) == id)
        #expect(try claim(for: other) == nil)
        let end = "UPDATE mails SET claim_ends_at = claim_ends_at - \(MailClaims.time)"
        try shared.database.execute(end)
        try MailClaims.renew(in: database, for: killed)
        #expect(try claim(for: other) == nil)
        try shared.database.execute(end)
        #expect(try claim(for: other, takesOver: false) == nil)
        #expect(try claim(for: other) == id)
        #expect(try claim(for: killed) == nil)
    }

    @Test func `what became of a mail is not told by a daemon that has lost it`() throws {
        let (first, second) = (try shared.command(), try shared.command())
        let id = try #require(try enqueue(1, in: first.open).first)
        #expect(try first.open.dueMail(at: .start)?.mail.id == id)
        try shared.database.execute("UPDATE mails SET claimed_by = '\(second.instance.id)'")
        try first.open.write { transaction throws(AuthError) in
            try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: "late")
        }
        #expect(try second.open.dueMail(at: .start)?.attempts == 0)
        // One that was sent is sent by no one else.
        try first.open.write { transaction throws(AuthError) in
            _ = try transaction.deleteMail(id)
        }
        #expect(try second.open.dueMail(at: .start) == nil)
    }

    @Test func `a daemon that ends leaves its mail to the others at once`() throws {
        let (daemon, other) = (try shared.daemon(), try shared.command())
        _ = try enqueue(1, in: other.open)
        #expect(try daemon.open.dueMail(at: .start) != nil)
        #expect(try other.open.dueMail(at: .start) == nil)
        daemon.close()
        #expect(try other.open.dueMail(at: .start) != nil)
    }
}
