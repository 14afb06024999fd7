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
        let (killed, other) = (try shared.command(), try shared.command())
        let id = try #require(try enqueue(1, in: killed.open).first)
        #expect(try killed.open.dueMail(at: .start) != nil)
        let ends = Timestamp.start.adding(seconds: MailClaims.seconds)
        #expect(try other.open.dueMail(at: ends.adding(seconds: -1)) == nil)
        try MailClaims.renew(
            in: try shared.database.connect(), for: killed.instance.id,
            at: .start.adding(seconds: 10))
        #expect(try other.open.dueMail(at: ends) == nil)
        #expect(try other.open.dueMail(at: ends.adding(seconds: 10))?.mail.id == id)
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
