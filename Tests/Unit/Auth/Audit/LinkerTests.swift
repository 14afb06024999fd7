import Crypto
import TestSupport
import Testing

@testable import Auth

@Suite struct LinkerTests {
    private let world: World
    private let service: AuthService
    private let process = UUID.random()

    init() throws {
        world = try World()
        service = try world.service()
    }

    private func record(_ count: Int, of subject: UUID? = nil) throws {
        try world.store.write { transaction throws(AuthError) in
            for _ in 0..<count {
                try transaction.record(
                    .sessionCreated, of: subject, by: subject.map { .account($0) },
                    [EventChange(.methods, to: "password")])
            }
        }
    }

    private func verdict(against given: SignedCheckpoint? = nil) throws -> ChainVerdict {
        try world.store.verifyChain(
            with: world.recorder.macVerifier(in: world.store), against: given)
    }

    @Test func `events are linked in the order in which they were recorded`() throws {
        try record(3)
        #expect(try service.linker.hasWork())
        #expect(try verdict().summary?.notLinked.count == 3)
        let linked = try #require(try service.linker.link(as: process))
        #expect(linked.count == 3)
        #expect(linked.checkpoints.count == 1)
        #expect(try !service.linker.hasWork())
        #expect(world.store.memory.audit.events.map { $0.link?.number } == [1, 2, 3])
        #expect(try verdict().summary?.count == 3)
    }

    @Test func `a batch is bounded, and every thousandth event has a checkpoint`() throws {
        try record(2_300)
        var counts: [Int] = []
        var isMore = true
        while isMore {
            let linked = try #require(try service.linker.link(as: process))
            counts.append(linked.count)
            isMore = linked.isMore
        }
        #expect(counts == [1_000, 1_000, 300])
        #expect(world.store.memory.audit.checkpoints.map(\.number) == [1, 1_000, 2_000])
        let summary = try #require(try verdict().summary)
        #expect(summary.count == 2_300)
        #expect(summary.signedNumber == 2_000)
    }

    @Test func `events that are an hour old have a checkpoint, and so has the end`() throws {
        try record(2)
        _ = try service.linker.link(as: process)
        #expect(try service.linker.link(as: process)?.checkpoints.isEmpty == true)
        world.clock.advance(seconds: 3_600)
        #expect(try service.linker.link(as: process)?.checkpoints.count == 1)
        world.clock.advance(seconds: 3_600)
        // Without events in between there is nothing to sign.
        #expect(try service.linker.link(as: process)?.checkpoints.isEmpty == true)
        try record(1)
        let last = try #require(try service.linker.finish(as: process)?.checkpoints.last)
        #expect(Checkpoint(text: last.text)?.reason == .shutdown)
        #expect(try verdict().summary?.signedNumber == 3)
    }

    @Test func `one process links, and another takes over when it ends or is gone`() throws {
        let other = UUID.random()
        try record(1)
        #expect(try service.linker.link(as: process) != nil)
        try record(1)
        #expect(try service.linker.link(as: other) == nil)
        world.clock.advance(seconds: 4)
        #expect(try service.linker.link(as: other)?.count == 1)
        #expect(try service.linker.finish(as: process) == nil)
        #expect(try service.linker.finish(as: other) != nil)
        #expect(try service.linker.link(as: process) != nil)
        #expect(try verdict().summary?.count == 2)
    }

    @Test func `a transaction that is lost leaves all of its work to the next`() throws {
        try record(5)
        let before = world.store.memory.audit
        _ = try service.linker.link(as: process)
        // As if the process had been killed before the commit.
        world.store.change { $0.audit = before }
        #expect(try verdict().summary?.notLinked.count == 5)
        #expect(try service.linker.link(as: process)?.count == 5)
        #expect(try verdict().summary?.count == 5)
    }

    @Test func `a chain whose head was set back is not continued`() throws {
        try record(3)
        _ = try service.linker.link(as: process)
        let head = try #require(world.store.memory.audit.head)
        let link = try #require(world.store.memory.audit.events[1].link)
        world.store.change {
            $0.audit.head = ChainHead(
                origin: head.origin, link: link, time: head.time, checkpoint: head.checkpoint,
                mac: head.mac)
        }
        try record(1)
        #expect(throws: AuthError.self) { try service.linker.link(as: process) }
        world.store.change { $0.audit.head = nil }
        #expect(throws: AuthError.self) { try service.linker.link(as: process) }
        #expect(try verdict().found?.problem == .badHead)
    }

    @Test func `personal data that are erased in the middle break nothing`() throws {
        let (one, other) = (UUID.random(), UUID.random())
        for _ in 0..<10 {
            try record(1, of: one)
            try record(1, of: other)
        }
        _ = try service.linker.link(as: process)
        try world.store.write { transaction throws(AuthError) in
            try transaction.record(.userDeleted, of: one)
            try transaction.eraseEvents(of: one)
        }
        let events = world.store.memory.audit.events
        #expect(events.filter { $0.event.details.changes.isEmpty }.count == 11)
        #expect(try verdict().summary?.count == 20)
        try record(1, of: other)
        _ = try service.linker.link(as: process)
        #expect(try verdict().summary?.count == 22)
        // By one who has the database alone, and whose account is not deleted.
        try world.store.write { transaction throws(AuthError) in
            try transaction.eraseEvents(of: other)
        }
        #expect(try verdict().found?.problem == .erased)
        #expect(try verdict().found?.number == 2)
    }

    @Test(arguments: [Int64.min, -3, 0])
    func `an event before the first number is found`(number: Int64) throws {
        try record(3)
        _ = try service.linker.link(as: process)
        try record(1)
        world.store.change { memory in
            let last = memory.audit.events.count - 1
            let event = memory.audit.events[last]
            memory.audit.events[last] = event.with(
                link: Link(number: number, hash: event.event.digest))
        }
        #expect(try verdict().found?.problem == .inserted)
    }

    @Test func `a forged checkpoint is not continued`() throws {
        try record(3)
        _ = try service.linker.link(as: process)
        let audit = world.store.memory.audit
        let (head, thief) = (try #require(audit.head), try Ed25519.PrivateKey(seed: .random()))
        let forged = try SignedCheckpoint(
            Checkpoint(
                origin: head.origin, link: head.link, time: head.time, reason: .purge, first: 4),
            by: thief)
        world.store.change { $0.audit.checkpoints.append((3, forged)) }
        try record(1)
        #expect(throws: AuthError.self) { try service.linker.link(as: process) }
        // It goes as far as the head vouches for.
        #expect(try service.linker.purge(keeping: 1_000_000).checkpoints.isEmpty)
        #expect(world.store.memory.audit.events.count == 4)
        world.store.change { $0.audit.checkpoints = [] }
        #expect(throws: AuthError.self) { try service.linker.link(as: process) }
        world.store.change { $0.audit.checkpoints = audit.checkpoints }
        #expect(try service.linker.link(as: process)?.count == 1)
    }
}
