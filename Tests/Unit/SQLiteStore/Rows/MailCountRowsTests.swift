import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// The rows behind the limits of recipients, and those of mails that were given up.
struct MailCountRowsTests {
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
