import Auth
import Crypto
import TestSupport
import Testing

struct MailConformanceTests {
    private func mail(_ byte: UInt8) throws -> Mail {
        Mail(
            id: .random(), kind: .welcome, recipient: try #require(Email("a@example.org")),
            accountID: nil, content: [byte], createdAt: .start)
    }

    @Test(arguments: StoreKind.all)
    func `the outbox is gone through in batches, those that were given up included`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let mails = try (0..<7).map { try mail(UInt8($0)) }
        try store.write { transaction throws(AuthError) in
            for mail in mails { try transaction.enqueue(mail) }
            try transaction.noteFailure(ofMail: mails[3].id, nextAttemptAt: nil, error: "no")
        }
        var (found, last): ([Mail], UUID?) = ([], nil)
        repeat {
            let after = last
            let batch = try store.write { transaction throws(AuthError) in
                try transaction.mails(after: after, limit: 3)
            }
            #expect(batch.count <= 3)
            found += batch
            last = batch.last?.id
        } while last != nil
        #expect(found.count == mails.count)
        #expect(Set(found.map(\.id)) == Set(mails.map(\.id)))
        #expect(found.allSatisfy { mail in mails.contains(mail) })
    }
}
