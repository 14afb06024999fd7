import Crypto
import TestSupport
import Testing

@testable import Auth

struct EventConformanceTests {
    private let accounts = (0..<3).map { _ in UUID.random() }

    @Test(arguments: StoreKind.all)
    func `events are kept as they were recorded, of every kind and by every actor`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let actors: [EventActor] = [
            .account(accounts[0]), .apiKey(.random(), of: accounts[0]), .link,
            .commandLine(user: "root"), .commandLine(user: ""), .server, .client,
        ]
        let events =
            EventKind.allCases.map { Event.sample($0) }
            + actors.map { Event.sample(by: $0) }
            + [
                .sample(of: accounts[0], object: .random()),
                .sample(from: nil, []),
                .sample(
                    at: Timestamp(milliseconds: -1), [EventChange(stored: "ä", from: "", to: nil)]),
            ]
        let recorded = try store.add(events)
        // The last one is older than the others, since the clock was set back.
        let newestFirst = recorded.dropLast().reversed() + recorded.suffix(1)
        #expect(try other.events() == Array(newestFirst))
        #expect(try other.unlinkedEvents(limit: 1_000) == recorded)
        for event in try other.events() {
            #expect(event.event.client.data.isTrue && event.event.details.data.isTrue)
        }
    }

    @Test(arguments: StoreKind.all)
    func `events are listed by kind, account and time, and by all of them`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        func at(_ seconds: Int64) -> Timestamp { .start.adding(seconds: seconds) }
        let recorded = try store.add([
            .sample(.sessionEnded, at: at(0), of: accounts[0], by: .account(accounts[0])),
            .sample(.userRenamed, at: at(1), of: accounts[0], by: .account(accounts[1])),
            .sample(.userRenamed, at: at(2), of: accounts[1], by: .account(accounts[0])),
            .sample(.userRenamed, at: at(3), of: accounts[1], by: .account(accounts[1])),
            .sample(.apiKeyRevoked, at: at(4), by: .apiKey(.random(), of: accounts[0])),
            .sample(.auditPurged, at: at(5)),
            .sample(.userRenamed, at: at(6), of: accounts[0], by: .commandLine(user: "root")),
        ])
        func check(
            _ expected: [Int], kind: EventKind? = nil, account: UUID? = nil, since: Int64? = nil,
            until: Int64? = nil
        ) throws {
            var query = EventQuery()
            query.kind = kind
            query.account = account
            query.since = since.map(at)
            query.until = until.map(at)
            let wanted = expected.map { recorded[$0] }
            #expect(try store.events(query) == wanted)
            // The same in pages of one.
            var (found, last) = ([RecordedEvent](), UUID?.none)
            while let next = try store.events(query, before: last, limit: 1).first {
                found.append(next)
                last = next.event.id
                guard found.count <= recorded.count else { break }
            }
            #expect(found == wanted)
        }
        try check([6, 5, 4, 3, 2, 1, 0])
        try check([6, 3, 2, 1], kind: .userRenamed)
        try check([6, 4, 2, 1, 0], account: accounts[0])
        try check([3, 2, 1], account: accounts[1])
        try check([], account: accounts[2])
        try check([], kind: .setupCompleted)
        try check([6, 5, 4], since: 4)
        try check([3, 2, 1, 0], until: 4)
        try check([3], since: 3, until: 4)
        try check([], since: 4, until: 3)
        try check([2, 1], kind: .userRenamed, account: accounts[0], since: 1, until: 6)
    }

    @Test(arguments: StoreKind.all)
    func `a page begins after an event, and after an unknown one is empty`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let recorded = try store.add((0..<4).map { _ in .sample(of: accounts[0]) })
        var query = EventQuery()
        for account in [nil, accounts[0]] {
            query.account = account
            let page = try store.events(query, before: recorded[3].event.id, limit: 2)
            #expect(page == [recorded[2], recorded[1]])
            #expect(try store.events(query, before: recorded[0].event.id, limit: 2) == [])
            #expect(try store.events(query, before: .random(), limit: 2) == [])
            #expect(try store.events(query, before: nil, limit: 0) == [])
        }
    }

    @Test(arguments: StoreKind.all)
    func `erasing an account erases what is personal, and nothing of others`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let (gone, stays) = (accounts[0], accounts[1])
        // Of which, client and details are erased.
        let cases: [(event: Event, client: Bool, details: Bool)] = [
            (.sample(of: gone, by: .account(gone)), true, true),
            (.sample(of: gone, by: .apiKey(.random(), of: gone)), true, true),
            (.sample(of: gone, by: .account(stays)), false, true),
            (.sample(of: gone, by: .client), true, true),
            (.sample(of: gone, by: .link), true, true),
            (.sample(of: stays, by: .account(gone)), true, false),
            (.sample(of: nil, by: .account(gone)), true, false),
            (.sample(of: stays, by: .account(stays)), false, false),
            (.sample(of: stays, by: .client), false, false),
            (.sample(of: nil, by: .client), false, false),
            (.sample(of: nil, by: .account(stays)), false, false),
        ]
        let recorded = try store.link(try store.add(cases.map(\.event)))
        for _ in 1...2 {
            try store.write { transaction throws(AuthError) in
                try transaction.eraseEvents(of: gone)
            }
            let left = try other.linkedEvents(after: 0, limit: 100)
            #expect(left.count == cases.count)
            for (index, event) in left.enumerated() {
                let (before, after) = (recorded[index].event, event.event)
                #expect((after.client.data.bytes == nil) == cases[index].client, "\(index)")
                #expect((after.details.data.bytes == nil) == cases[index].details, "\(index)")
                if !cases[index].client { #expect(after.client == before.client) }
                if !cases[index].details { #expect(after.details == before.details) }
                #expect(after.digest == before.digest)
                #expect(event.mac == recorded[index].mac && event.link == recorded[index].link)
            }
        }
    }

    @Test(arguments: StoreKind.all)
    func `what a transaction recorded goes with it`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (event, mac) = (Event.sample(), try EventMAC.sample())
        let failure = failure { () throws(AuthError) in
            try store.write { transaction throws(AuthError) in
                try transaction.insert(event, mac: mac)
                throw .notFound
            }
        }
        #expect(failure == .notFound)
        #expect(try store.events() == [])
    }

    @Test(arguments: StoreKind.all)
    func `events of ten threads are all kept, once`(kind: StoreKind) throws {
        let subject = try kind.open()
        let events = (0..<100).map { _ in Event.sample() }
        let outcomes = try inParallel(10) { thread in
            (0..<10).allSatisfy {
                (try? subject.store().add([events[thread * 10 + $0]])) != nil
            }
        }
        #expect(outcomes.allSatisfy { $0 })
        let kept = try subject.store().events()
        #expect(kept.count == events.count)
        #expect(Set(kept.map(\.event.id)) == Set(events.map(\.id)))
    }
}
