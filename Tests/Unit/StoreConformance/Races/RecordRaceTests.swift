import Crypto
import TestSupport
import Testing

@testable import Auth

/// The chain of the record and the outbox, which several processes work on at once.
struct RecordRaceTests {
    @Sendable private static func link(in transaction: any Transaction) throws(AuthError) {
        var linker = try Linker(in: transaction)
        try linker.link(limit: 3)
    }

    @Test(arguments: StoreKind.racing)
    func `events that are added and linked by ten threads at once are one chain`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let outcomes = try inParallel(10) { index in
            (0..<6).allSatisfy { _ in
                failure { () throws(AuthError) in
                    let store = subject.store()
                    switch index % 4 {
                    case 0: try store.writeLinks(Self.link)
                    // As a rotation of the keys does; it may be refused for the sake of the others.
                    case 2: _ = try? store.write(Self.link)
                    default:
                        try store.write { transaction throws(AuthError) in
                            try transaction.record(.sessionEnded, of: .random())
                        }
                    }
                } == nil
            }
        }
        #expect(outcomes.allSatisfy { $0 })
        try subject.store().write { transaction throws(AuthError) in
            var linker = try Linker(in: transaction)
            try linker.linkAll()
        }
        let linked = try subject.store().linkedEvents(after: 0, limit: 100)
        #expect(linked.map { $0.link?.number } == (1...30).map { Int64($0) })
        var last: Link?
        for event in linked {
            let link = Link(of: event.event.digest, after: last)
            #expect(event.link == link)
            last = link
        }
        #expect(try subject.store().chainHead()?.link == last)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten processes that take the lease of the linker one has it`(kind: StoreKind) throws {
        let subject = try kind.open()
        let processes = (0..<10).map { _ in UUID.random() }
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            let lease = try transaction.linkerLease()
            if let lease, lease.excludes(processes[index], at: transaction.now) { throw .notFound }
            try transaction.saveLinkerLease(
                LinkerLease(
                    holder: processes[index],
                    until: transaction.now.adding(seconds: LinkerLease.seconds)))
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .notFound } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        let lease = try subject.store().write { transaction throws(AuthError) in
            try transaction.linkerLease()
        }
        #expect(lease?.holder == processes[winner])
    }

    @Test(arguments: StoreKind.racing)
    func `mails that ten threads count at once do not exceed the limit of their recipient`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let recipient = Digest.random()
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            let times = try transaction.mailTimes(to: recipient, of: .links, since: .start)
            guard times.count < 3 else { throw .limitReached }
            try transaction.noteMail(
                to: recipient, of: .links, at: .start.adding(seconds: 1))
        }
        #expect(outcomes.count { $0 == nil } == 3)
        #expect(outcomes.count { $0 == .limitReached } == 7)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten threads that delete a mail one finds it`(kind: StoreKind) throws {
        let subject = try kind.open()
        let mail = Mail(
            id: .random(), kind: .welcome, recipient: try .sample("ada@example.org"),
            accountID: nil, content: [1], createdAt: .start)
        try subject.store().write { transaction throws(AuthError) in try transaction.enqueue(mail) }
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            guard try transaction.deleteMail(mail.id) else { throw .notFound }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .notFound } == 9)
    }
}
