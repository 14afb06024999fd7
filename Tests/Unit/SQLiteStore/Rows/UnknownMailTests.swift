import Auth
import Crypto
import TestSupport
import Testing

@testable import SQLiteStore

/// Mails of a kind that a newer version wrote.
struct UnknownMailTests {
    @Test func `a mail of an unknown kind is ignored and does not block others`() throws {
        let fixture = try Fixture()
        let mails = try (0..<2).map { index in
            Mail(
                id: .random(), kind: .welcome, recipient: try .sample("\(index)@example.org"),
                accountID: nil, content: [1], createdAt: .start)
        }
        try fixture.store().write { transaction throws(AuthError) in
            for mail in mails { try transaction.enqueue(mail) }
        }
        try fixture.otherProcess().execute(
            "UPDATE mails SET kind = 'postcard' WHERE recipient = '0@example.org'")
        let store = fixture.store()
        #expect(try store.dueMail(at: .start)?.mail == mails[1])
        #expect(try store.queuedMail(nil, PageRequest()).items.map(\.mail) == [mails[1]])
        #expect(try store.mailCounts().waiting == 2)
    }
}
