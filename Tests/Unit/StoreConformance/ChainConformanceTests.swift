import Crypto
import TestSupport
import Testing

@testable import Auth

struct ChainConformanceTests {
    @Test(arguments: StoreKind.all)
    func `events are linked in the order in which they were recorded`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let recorded = try store.add((0..<5).map { _ in .sample() })
        let waiting = try store.write { transaction throws(AuthError) in
            try transaction.unlinkedEvents(limit: 3)
        }
        #expect(waiting == Array(recorded.prefix(3)))
        let linked = try store.link(waiting)
        #expect(try other.unlinkedEvents(limit: 10) == Array(recorded.suffix(2)))
        #expect(try other.linkedEvents(after: 0, limit: 10) == linked)
        #expect(try other.linkedEvents(after: 1, limit: 1) == [linked[1]])
        #expect(try other.linkedEvents(after: 3, limit: 10) == [])
        #expect(try other.linkedEvents(after: .min, limit: 10) == linked)
        #expect(try other.events() == Array((linked + recorded.suffix(2)).reversed()))
    }

    @Test(arguments: StoreKind.all)
    func `waiting events are counted up to a limit`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(try store.unlinkedEventCount(upTo: 10) == 0)
        let recorded = try store.add((0..<5).map { _ in .sample() })
        #expect(try [0, 1, 5, 6].map { try store.unlinkedEventCount(upTo: $0) } == [0, 1, 5, 5])
        try store.link(Array(recorded.prefix(4)))
        #expect(try store.unlinkedEventCount(upTo: 10) == 1)
    }

    @Test(arguments: StoreKind.all)
    func `there is one head, and it is replaced`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        #expect(try other.chainHead() == nil)
        for number in [1, 2, 1_000] as [Int64] {
            let head = ChainHead(
                origin: .random(), link: Link(number: number, hash: .random()),
                time: .start.adding(seconds: number),
                checkpoint: number == 1 ? nil : .random(), mac: try .sample())
            let seen = try store.write { transaction throws(AuthError) in
                try transaction.save(head)
                return try transaction.chainHead()
            }
            #expect(try seen == head && other.chainHead() == head)
        }
    }

    @Test(arguments: StoreKind.all)
    func `there is one record of keys, and it is replaced`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        #expect(try other.auditKeys() == nil)
        for _ in 1...2 {
            let keys = WrappedAuditKeys(mac: Random.bytes(100), signing: Random.bytes(65))
            let seen = try store.write { transaction throws(AuthError) in
                try transaction.save(keys)
                return try transaction.auditKeys()
            }
            #expect(try seen == keys && other.auditKeys() == keys)
        }
    }

    @Test(arguments: StoreKind.all)
    func `checkpoints are listed by number, and those of one number in their order`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        #expect(try other.lastCheckpoint() == nil)
        #expect(try other.checkpoints(after: -1, limit: 10) == [])
        let made = ["a", "b", "c", "d"].map { SignedCheckpoint.sample($0) }
        for (checkpoint, number) in zip(made, [0, 1, 1_000, 1_000] as [Int64]) {
            let last = try store.write { transaction throws(AuthError) in
                try transaction.insert(checkpoint, of: number)
                return try transaction.lastCheckpoint()
            }
            #expect(try last == checkpoint && other.lastCheckpoint() == checkpoint)
        }
        #expect(try other.checkpoints(after: -1, limit: 10) == made)
        #expect(try other.checkpoints(after: 0, limit: 2) == [made[1], made[2]])
        #expect(try other.checkpoints(after: 1, limit: 10) == [made[2], made[3]])
        #expect(try other.checkpoints(after: 1_000, limit: 10) == [])
    }

    @Test(arguments: StoreKind.all)
    func `old events are deleted in batches, and the anchor stays`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let recorded = try store.add((0..<6).map { _ in .sample() })
        let linked = try store.link(Array(recorded.prefix(5)))
        let checkpoints = (0...5).map { SignedCheckpoint.sample("\($0)") }
        try store.write { transaction throws(AuthError) in
            for (number, checkpoint) in checkpoints.enumerated() {
                try transaction.insert(checkpoint, of: Int64(number))
            }
        }
        func delete(below number: Int64, limit: Int) throws -> Int {
            try store.write { transaction throws(AuthError) in
                try transaction.deleteEvents(below: number, limit: limit)
            }
        }
        #expect(try delete(below: 1, limit: 10) == 0)
        #expect(try other.linkedEvents(after: 0, limit: 10) == linked)
        #expect(try delete(below: 4, limit: 2) == 2)
        #expect(try other.linkedEvents(after: 0, limit: 10) == Array(linked[2...]))
        #expect(try delete(below: 4, limit: 2) == 1)
        #expect(try delete(below: 4, limit: 2) == 0)
        #expect(try other.linkedEvents(after: 0, limit: 10) == Array(linked[3...]))
        #expect(try other.checkpoints(after: -1, limit: 10) == Array(checkpoints[3...]))
        // What is not linked is no part of the chain yet.
        #expect(try delete(below: 1_000, limit: 100) == 2)
        #expect(try other.unlinkedEvents(limit: 10) == [recorded[5]])
    }
}
