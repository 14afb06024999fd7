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
    func `the outbox is read in batches, with the mails that were given up`(
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

    private func enqueue(in store: any Store) throws -> UUID {
        let mail = Mail(
            id: .random(), kind: .welcome, recipient: try .sample("ada@example.org"),
            accountID: nil, content: [1, 2, 3], createdAt: .start)
        try store.write { transaction throws(AuthError) in try transaction.enqueue(mail) }
        return mail.id
    }

    @Test(arguments: StoreKind.all)
    func `a reply of a relay that contains NUL is kept without harm`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let id = try enqueue(in: store)
        try store.write { transaction throws(AuthError) in
            try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: "550 no\0more")
        }
        #expect(try store.queuedMail(id)?.lastError?.hasPrefix("550 no") == true)
    }

    @Test(arguments: StoreKind.all)
    func `a mail is found by its id until it is removed`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (id, other) = (try enqueue(in: store), try enqueue(in: store))
        let found = try #require(try store.queuedMail(id))
        #expect(found.mail.id == id && found.mail.content == [1, 2, 3] && found.attempts == 0)
        try store.write { transaction throws(AuthError) in
            try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: "550")
        }
        #expect(try store.queuedMail(id)?.lastError == "550")
        let wasThere = try [id, .random(), id].map { id in
            try store.write { transaction throws(AuthError) in try transaction.deleteMail(id) }
        }
        #expect(wasThere == [true, false, false])
        #expect(try store.queuedMail(id) == nil)
        #expect(try store.queuedMail(other) != nil)
    }

    @Test(arguments: StoreKind.all)
    func `a retry of all makes every mail due and keeps its attempts`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let ids = try (0..<3).map { _ in try enqueue(in: store) }
        let later = Timestamp.start.adding(seconds: 3_600)
        try store.write { transaction throws(AuthError) in
            try transaction.noteFailure(ofMail: ids[0], nextAttemptAt: nil, error: "550")
            try transaction.noteFailure(ofMail: ids[1], nextAttemptAt: later, error: "451")
        }
        let count = try store.write { transaction throws(AuthError) in
            try transaction.retryMail(nil)
        }
        #expect(count == 2, "the third is due already")
        for id in ids { #expect(try store.queuedMail(id)?.nextAttemptAt == .start) }
        #expect(try ids.map { try store.queuedMail($0)?.attempts } == [1, 1, 0])
    }

    @Test(arguments: StoreKind.all)
    func `mails are listed by state, newest first, in pages`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let ids = try (0..<5).map { _ in try enqueue(in: store) }
        let dead = ids.prefix(3)
        try store.write { transaction throws(AuthError) in
            for id in dead {
                try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: "550")
            }
        }
        for (state, expected) in [
            (nil, Set(ids)), (.dead, Set(dead)), (.waiting, Set(ids.suffix(2))),
        ] as [(QueuedMail.State?, Set<UUID>)] {
            var (seen, next): ([QueuedMail], Cursor?) = ([], nil)
            repeat {
                let page = try store.queuedMail(state, PageRequest(limit: 2, after: next))
                seen += page.items
                next = page.next
            } while next != nil
            #expect(Set(seen.map(\.mail.id)) == expected && seen.count == expected.count)
            if let state { #expect(seen.allSatisfy { $0.state == state }) }
        }
    }
}
