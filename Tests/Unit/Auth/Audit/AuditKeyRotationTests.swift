import Crypto
import TestSupport
import Testing

@testable import Auth

@Suite struct AuditKeyRotationTests {
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
        _ = try service.linker.link(as: process)
    }

    private func verdict(trusting keys: [[UInt8]] = []) throws -> ChainVerdict {
        try world.store.verifyChain(
            with: world.recorder.macVerifier(in: world.store), trusted: keys)
    }

    private func replaceSecretKey() throws {
        let (new, old) = (Secret.random(), world.vault.wrappingKeys)
        world.vault.replace(by: [new] + old)
        #expect(try service.administration.rewrapAuditKeys())
        world.vault.replace(by: [new])
    }

    @Test func `without events there are no keys to wrap or to replace`() throws {
        #expect(try !service.administration.rewrapAuditKeys())
        #expect(try !service.administration.replaceAuditKeys())
    }

    @Test func `another secret key leaves old events verifiable`() throws {
        try link(5)
        let key = try #require(try verdict().summary?.publicKey)
        try replaceSecretKey()
        try link(5)
        let summary = try #require(try verdict(trusting: [key]).summary)
        #expect(summary.count == 10)
        #expect(summary.publicKey == key)
    }

    @Test func `new keys follow from the former ones`() throws {
        try link(5)
        let old = try #require(try verdict().summary?.publicKey)
        let keys = try #require(world.store.memory.audit.keys)
        try replaceSecretKey()
        #expect(try service.administration.replaceAuditKeys())
        #expect(world.store.memory.audit.events.last?.event.kind == .auditKeyRotated)
        try link(5)
        _ = try service.linker.finish(as: process)
        let summary = try #require(try verdict(trusting: [old]).summary)
        #expect(summary.count == 11)
        let new = try #require(summary.publicKey)
        #expect(new != old)
        #expect(try verdict(trusting: [new]).summary != nil)
        let macs = world.store.memory.audit.events.map(\.mac.key)
        #expect(macs.first != macs.last)
        #expect(world.store.memory.audit.keys?.signing.count == keys.signing.count)
    }

    @Test func `keys that no secret key opens are left as they are`() throws {
        try link(1)
        let keys = world.store.memory.audit.keys
        world.vault.replace(by: [.random()])
        #expect(throws: AuthError.self) { try service.administration.rewrapAuditKeys() }
        #expect(throws: AuthError.self) { try service.administration.replaceAuditKeys() }
        #expect(world.store.memory.audit.keys == keys)
    }
}

extension AuditKeyRotationTests {
    @Test func `a server goes on without a secret key that is lost, and says so`() throws {
        try link(3)
        let lost = world.vault.wrappingKeys
        let writes = world.store.writes
        #expect(try !service.linker.replaceLostKeys())
        #expect(world.store.writes == writes, "a look is enough")
        world.vault.replace(by: [.random()])
        #expect(try service.linker.replaceLostKeys())
        try link(1)
        #expect(try verdict().found == ChainBreak(.badMAC, at: 1, firstEvent))
        // Once it is found again, events of before are verified; that other keys signed meanwhile stays.
        world.vault.replace(by: world.vault.wrappingKeys + lost)
        #expect(try service.administration.rewrapAuditKeys())
        world.vault.replace(by: Array(world.vault.wrappingKeys.prefix(1)))
        _ = try service.linker.finish(as: process)
        #expect(try verdict().found?.problem == .wrongKey)
    }

    @Test func `a restore is an event, and contradicts a checkpoint of later`() throws {
        try link(3)
        let backup = world.store.memory.audit
        try link(1_000)
        let later = try #require(world.store.memory.audit.checkpoints.last?.checkpoint)
        world.store.change { $0.audit = backup }
        try world.store.write { transaction throws(AuthError) in
            try transaction.recordRestore(of: nil)
        }
        #expect(world.store.memory.audit.events.last?.event.kind == .backupRestored)
        let signed = try #require(world.store.memory.audit.checkpoints.last?.checkpoint)
        #expect(Checkpoint(text: signed.text)?.reason == .restore)
        #expect(try verdict().summary?.count == 4)
        let against = try world.store.verifyChain(
            with: world.recorder.macVerifier(in: world.store), against: later)
        #expect(against.found == ChainBreak(.cutOff, at: 5))
    }

    private var firstEvent: UUID? { world.store.memory.audit.events.first?.event.id }
}
