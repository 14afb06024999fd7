import Crypto
import TestSupport
import Testing

@testable import Auth

/// The keys of the record, and the MACs under them.
struct EventRecorderTests {
    private let world: World
    private let secret = Secret.random()

    init() throws {
        world = try World()
    }

    private func recorder(_ secrets: Secret...) -> EventRecorder {
        EventRecorder(vault: FactorVault(secrets))
    }

    /// Records an event as a process with this recorder does.
    private func record(by recorder: EventRecorder?) throws(AuthError) {
        world.store.cause = Cause(actor: .server, recorder: recorder)
        try world.store.write { transaction throws(AuthError) in
            try transaction.record(.settingsChanged, of: nil, [EventChange(.mail, to: "true")])
        }
    }

    private var audit: AuditMemory { world.store.memory.audit }

    /// Whether all MACs are those of their events.
    private func verifies(_ recorder: EventRecorder) throws(AuthError) -> Bool {
        let verifier = try recorder.macVerifier(in: world.store)
        return audit.events.allSatisfy {
            verifier.isValid($0.mac, of: $0.event.digest, as: .event)
        }
    }

    @Test func `the first event makes the keys, and the others use them`() throws {
        #expect(audit.keys == nil)
        let recorder = recorder(secret)
        try record(by: recorder)
        let keys = try #require(audit.keys)
        try record(by: recorder)
        try record(by: self.recorder(secret))
        #expect(audit.keys == keys && audit.events.count == 3)
        #expect(Set(audit.events.map(\.mac.key)).count == 1)
        #expect(try verifies(recorder) && verifies(self.recorder(secret)))
    }

    @Test func `a MAC is of one event, and of no head`() throws {
        let recorder = recorder(secret)
        try record(by: recorder)
        try record(by: recorder)
        let (first, second) = (audit.events[0], audit.events[1])
        let verifier = try recorder.macVerifier(in: world.store)
        #expect(verifier.isValid(first.mac, of: first.event.digest, as: .event))
        #expect(!verifier.isValid(first.mac, of: second.event.digest, as: .event))
        #expect(!verifier.isValid(first.mac, of: first.event.digest, as: .head))
        let other = try #require(EventMAC(key: [0, 0, 0, 0], code: first.mac.code))
        #expect(
            other.key == first.mac.key
                || !verifier.isValid(other, of: first.event.digest, as: .event))
    }

    @Test func `the keys are wrapped, each for its purpose`() throws {
        try record(by: recorder(secret))
        let keys = try #require(audit.keys)
        let mac = try #require(DataKeys(record: keys.mac, for: .events))
        let signing = try #require(DataKeys(record: keys.signing, for: .checkpoints))
        #expect(try mac.opened(with: [secret])?.count == 1)
        #expect(try signing.opened(with: [secret])?.count == 1)
        #expect(try mac.opened(with: [.random()]) == nil)
        #expect(try signing.opened(with: [.random()]) == nil)
        for purpose in [.factors, .checkpoints] as [DataKeys.Purpose] {
            let other = try #require(DataKeys(record: keys.mac, for: purpose))
            #expect(try other.opened(with: [secret]) == nil)
        }
    }

    @Test func `old events verify under a new secret key, and new ones use the same key`() throws {
        try record(by: recorder(secret))
        let former = audit.events[0].mac.key
        let rotated = recorder(.random(), secret)
        try record(by: rotated)
        #expect(audit.events[1].mac.key == former)
        #expect(try verifies(rotated))
    }

    @Test func `the signing key stays the same`() throws {
        let recorders = [recorder(secret), recorder(secret), recorder(.random(), secret)]
        let keys = try recorders.map { recorder in
            try world.store.write { transaction throws(AuthError) in
                try recorder.signingKey(in: transaction).publicKey
            }
        }
        #expect(Set(keys).count == 1)
    }

    @Test func `without the secret key of the record nothing is recorded, and nothing done`() throws
    {
        try record(by: recorder(secret))
        let before = audit
        for recorder in [recorder(.random()), recorder(), nil] {
            let failure = failure { () throws(AuthError) in try record(by: recorder) }
            guard case .unavailable(.auditKeyUnusable, _) = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(audit.events == before.events && audit.keys == before.keys)
        }
        let other = recorder(.random())
        #expect(failure { () throws(AuthError) in _ = try verifies(other) }?.fault != nil)
        let store = world.store
        let unsigned = failure { () throws(AuthError) in
            try store.write { transaction throws(AuthError) in
                _ = try other.signingKey(in: transaction)
            }
        }
        #expect(unsigned?.fault != nil)
    }

    @Test func `damaged keys are a fault and no new keys`() throws {
        try record(by: recorder(secret))
        let keys = try #require(audit.keys)
        var sealed = keys.mac
        sealed[sealed.count - 1] ^= 1
        for record in [
            [], [1], Array(keys.mac.dropLast()), [2] + Array(keys.mac.dropFirst()), sealed,
        ] as [[UInt8]] {
            let damaged = WrappedAuditKeys(mac: record, signing: keys.signing)
            world.store.change { $0.audit.keys = damaged }
            let recorder = recorder(secret)
            #expect(failure { () throws(AuthError) in try self.record(by: recorder) }?.fault != nil)
            #expect(audit.keys == damaged && audit.events.count == 1)
        }
    }

    @Test func `keys that another process replaced are used from the next event on`() throws {
        let recorder = recorder(secret)
        try record(by: recorder)
        let keys = try #require(audit.keys)
        var more = try #require(DataKeys(record: keys.mac, for: .events))
        try more.addKey(wrappedUnder: secret)
        let replaced = WrappedAuditKeys(mac: more.record, signing: keys.signing)
        world.store.change { $0.audit.keys = replaced }
        try record(by: recorder)
        #expect(audit.events[0].mac.key != audit.events[1].mac.key)
        #expect(audit.events[1].mac.key == more.currentID?.octets)
        #expect(try verifies(recorder))
    }

    @Test func `an event has the time of its transaction and what the cause says`() throws {
        let account = UUID.random()
        world.store.cause = Cause(
            actor: .account(account), address: "192.0.2.1", agent: "Firefox",
            recorder: recorder(secret))
        let (object, subject) = (UUID.random(), UUID.random())
        try world.store.write { transaction throws(AuthError) in
            try transaction.record(.sessionEnded, of: subject, object: object)
            try transaction.record(.loginFailed, of: subject, by: .client)
        }
        let events = audit.events.map(\.event)
        #expect(events.map(\.time) == [world.clock.now, world.clock.now])
        #expect(events.map(\.actor) == [.account(account), .client])
        #expect(events.map(\.object) == [object, nil])
        #expect(events.allSatisfy { $0.subject == subject && $0.client.address == "192.0.2.1" })
        #expect(events.allSatisfy { $0.client.agent == "Firefox" && $0.details.changes == [] })
        #expect(Set(events.map(\.id)).count == 2)
    }
}
