import Auth
import Crypto
import TestSupport
import Testing

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
        func becomes(_ count: Int) throws -> Bool {
            try becomesTrue {
                try store.write { transaction throws(AuthError) in
                    try transaction.waitingMails()
                } == count
            }
        }
        #expect(try becomes(0))
        try store.write { transaction throws(AuthError) in
            for mail in mails { try transaction.enqueue(mail) }
        }
        #expect(try becomes(3))
        try store.write { transaction throws(AuthError) in
            try transaction.noteFailure(ofMail: mails[0].id, nextAttemptAt: nil, error: "x")
            try transaction.noteFailure(ofMail: mails[1].id, nextAttemptAt: .start, error: "x")
        }
        #expect(try becomes(2))
    }
}
