import Crypto
import TestSupport
import Testing

@testable import Auth

@Suite struct AuditPurgeTests {
    private let world: World
    private let service: AuthService
    private let process = UUID.random()

    init() throws {
        world = try World()
        service = try world.service()
    }

    private func link(_ count: Int) throws {
        try world.store.write { transaction throws(AuthError) in
            for _ in 0..<count { try transaction.record(.sessionCreated, of: nil) }
        }
        while try service.linker.link(as: process)?.isMore == true {}
    }

    private func verdict() throws -> ChainVerdict {
        try world.store.verifyChain(with: world.recorder.macVerifier(in: world.store))
    }

    @Test func `the oldest of too many events are deleted, up to a checkpoint`() throws {
        try link(3_500)
        #expect(try service.linker.purge(keeping: 4_000).deleted == 0)
        let purged = try service.linker.purge(keeping: 1_200)
        #expect(purged.deleted == 2_000)
        #expect(purged.checkpoints.count == 1)
        let summary = try #require(try verdict().summary)
        #expect(summary.first == 2_001)
        // The purge is an event itself.
        #expect(summary.count == 1_501)
        #expect(world.store.memory.audit.events.last?.event.kind == .auditPurged)
        #expect(try service.linker.purge(keeping: 1_200).deleted == 0)
    }

    @Test func `events older than history is kept are deleted`() throws {
        try link(1_000)
        let retention = Int(Period.standardRetention.seconds)
        world.clock.advance(seconds: retention - 86_400)
        try link(500)
        #expect(try service.linker.purge(keeping: 1_000_000).deleted == 0)
        world.clock.advance(seconds: 2 * 86_400)
        #expect(try service.linker.purge(keeping: 1_000_000).deleted == 1_000)
        #expect(try verdict().summary?.first == 1_001)
    }

    @Test func `a purge that ended halfway is intact, and is completed`() throws {
        try link(3_500)
        var asked = 0
        let purged = try service.linker.purge(
            keeping: 1_200,
            unless: {
                asked += 1
                return asked > 2
            })
        #expect(purged.deleted == 1_000)
        #expect(try verdict().summary?.first == 1_001)
        #expect(try service.linker.purge(keeping: 1_200).deleted == 1_000)
        #expect(try verdict().summary?.first == 2_001)
    }

    @Test func `a checkpoint of another time does not say what is old`() throws {
        try link(2_500)
        let genuine = world.store.memory.audit.checkpoints
        let signed = genuine[1].checkpoint
        let checkpoint = try #require(Checkpoint(text: signed.text))
        let thief = try Ed25519.PrivateKey(seed: .random())
        let forged = try SignedCheckpoint(
            Checkpoint(
                origin: checkpoint.origin, link: checkpoint.link, time: Timestamp(milliseconds: 0),
                reason: .events, first: 1, previous: checkpoint.previous), by: thief)
        world.store.change { $0.audit.checkpoints[1].checkpoint = forged }
        #expect(throws: AuthError.self) { try service.linker.purge(keeping: 1_000_000) }
        world.store.change { $0.audit.checkpoints = genuine }
        #expect(try service.linker.purge(keeping: 1_000_000).deleted == 0)
        #expect(try verdict().summary?.count == 2_500)
    }

    @Test func `a second purge covers the first one`() throws {
        try link(3_500)
        _ = try service.linker.purge(keeping: 2_000)
        try link(2_000)
        #expect(try service.linker.purge(keeping: 2_100).deleted == 2_000)
        #expect(try verdict().summary?.first == 3_001)
    }

    @Test func `of two processes that purge at once the one that keeps more takes nothing back`()
        throws
    {
        try link(3_500)
        let world = world
        world.store.beforeNextWrite {
            _ = try? world.service().linker.purge(keeping: 1_200)
        }
        _ = try service.linker.purge(keeping: 2_400)
        #expect(try verdict().summary?.first == 2_001)
    }
}
