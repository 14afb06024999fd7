import Auth
import Crypto
import TestSupport
import Testing

@testable import SQLiteStore

/// The counts behind the limits of recipients.
struct MailCountConformanceTests {
    private func note(
        _ seconds: [Int64], to recipient: Digest, of share: MailShare, in store: any Store
    ) throws {
        try store.write { transaction throws(AuthError) in
            for second in seconds {
                try transaction.noteMail(
                    to: recipient, of: share, at: Timestamp.start.adding(seconds: second))
            }
        }
    }

    /// The seconds at which mails were counted since a given one.
    private func noted(
        to recipient: Digest, of share: MailShare, since second: Int64, in store: any Store
    ) throws -> [Int64] {
        let times = try store.write { transaction throws(AuthError) in
            try transaction.mailTimes(
                to: recipient, of: share, since: Timestamp.start.adding(seconds: second))
        }
        return times.map { $0.seconds - Timestamp.start.seconds }.sorted()
    }

    @Test(arguments: StoreKind.all)
    func `mails are counted by recipient and share and found by their time`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (ada, eve) = (Digest.random(), Digest.random())
        try note([0, 5, 5, 10], to: ada, of: .notices, in: store)
        try note([7], to: ada, of: .links, in: store)
        try note([8], to: eve, of: .notices, in: store)
        #expect(try noted(to: ada, of: .notices, since: -1, in: store) == [0, 5, 5, 10])
        #expect(try noted(to: ada, of: .notices, since: 0, in: store) == [5, 5, 10])
        #expect(try noted(to: ada, of: .notices, since: 9, in: store) == [10])
        #expect(try noted(to: ada, of: .notices, since: 10, in: store) == [])
        #expect(try noted(to: ada, of: .links, since: 0, in: store) == [7])
        #expect(try noted(to: eve, of: .notices, since: 0, in: store) == [8])
        #expect(try noted(to: eve, of: .links, since: 0, in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `a count that is rolled back does not exist`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let ada = Digest.random()
        #expect(throws: AuthError.emailTaken) {
            try store.write { transaction throws(AuthError) in
                try transaction.noteMail(to: ada, of: .links, at: .start)
                throw .emailTaken
            }
        }
        #expect(try noted(to: ada, of: .links, since: -1, in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `waiting mails are counted and mails that were given up are not`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let mails = try (0..<3).map { index in
            Mail(
                id: .random(), kind: .welcome, recipient: try .sample("\(index)@example.org"),
                accountID: nil, content: [1], createdAt: .start)
        }
        let counts = try store.write { transaction throws(AuthError) in
            let none = try transaction.waitingMails()
            for mail in mails { try transaction.enqueue(mail) }
            let all = try transaction.waitingMails()
            try transaction.noteFailure(ofMail: mails[0].id, nextAttemptAt: nil, error: "x")
            try transaction.noteFailure(ofMail: mails[1].id, nextAttemptAt: .start, error: "x")
            return [none, all, try transaction.waitingMails()]
        }
        #expect(counts == [0, 3, 2])
    }

    @Test func `the counts survive a restart`() throws {
        let fixture = try Fixture()
        let ada = Digest.random()
        try note([1], to: ada, of: .links, in: fixture.store())
        let count = try fixture.otherProcess().integer("SELECT count(*) FROM recipient_mails")
        #expect(count == 1)
    }

    @Test func `expired counts and the oldest mails that were given up are removed`()
        throws
    {
        let fixture = try Fixture()
        try note([0, 1], to: .random(), of: .links, in: fixture.store())
        let database = try fixture.otherProcess()
        let end = Timestamp.start.adding(seconds: 86_400)
        #expect(try !Purge.trimMails(in: database, at: end))
        #expect(try database.integer("SELECT count(*) FROM recipient_mails") == 1)

        try database.execute(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
            INSERT INTO mails (id, kind, recipient, content, created_at, next_attempt_at)
            SELECT randomblob(16), 'welcome', 'a@b.org', x'00', n, iif(n % 1000 = 0, 1, NULL)
            FROM number
            """, .integer(Int64(Mail.maximumDead) + 700))
        var batches = 1
        while try Purge.trimMails(in: database, at: end) { batches += 1 }
        #expect(batches == 2)
        let dead = "FROM mails WHERE next_attempt_at IS NULL"
        #expect(try database.integer("SELECT count(*) \(dead)") == Int64(Mail.maximumDead))
        #expect(try database.integer("SELECT max(created_at) \(dead)") == 10_700 - 1 + 1)
        #expect(
            try database.integer("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")
                == 10)
    }
}
