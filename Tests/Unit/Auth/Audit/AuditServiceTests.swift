import Crypto
import TestSupport
import Testing

@testable import Auth

/// What people see of the record.
struct AuditServiceTests {
    private let world: World
    private let service: AuthService
    private let customer: Account
    private let owner: Account

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
        customer = try #require(world.account(Person.customer.email))
        owner = try #require(world.account(Person.owner.email))
    }

    /// Records an event from an address that names it.
    private func record(
        _ kind: EventKind, of subject: UUID?, by actor: EventActor, from address: String
    ) throws {
        world.store.cause = Cause(
            actor: actor, address: address, agent: address, recorder: world.recorder)
        try world.store.write { transaction throws(AuthError) in
            try transaction.record(kind, of: subject, [EventChange(stored: "value", to: address)])
        }
        world.clock.advance(seconds: 1)
    }

    private func caller() throws -> Caller {
        let session = Session(
            id: .random(), tokenHash: SHA256.digest([]), accountID: customer.id,
            createdAt: world.clock.now, expiresAt: world.clock.now, methods: .password,
            authenticatedAt: world.clock.now)
        let record = try #require(try world.store.account(customer.id))
        return Caller(record: record, means: .session(session))
    }

    @Test(
        arguments: [
            (.mine, .mine, true, true), (.mine, .others, false, true),
            (.others, .mine, true, false), (.mine, .unknown, true, true),
            (.server, .mine, true, true),
        ] as [(Whose, Whose, Bool, Bool)])
    func `a person sees neither where others were nor what changed of them`(
        subject: Whose, actor: Whose, seesClient: Bool, seesChanges: Bool
    ) throws {
        let actors: [Whose: EventActor] = [
            .mine: .account(customer.id), .others: .account(owner.id), .unknown: .client,
        ]
        let subjects: [Whose: UUID?] = [.mine: customer.id, .others: owner.id, .server: nil]
        try record(
            .userRenamed, of: try #require(subjects[subject]), by: try #require(actors[actor]),
            from: "192.0.2.1")
        let event = try #require(
            try service.audit.events(matching: EventQuery(), of: caller(), PageRequest())
                .items.first?.event)
        #expect(event.client.address == (seesClient ? "192.0.2.1" : nil))
        #expect(event.client.agent == (seesClient ? "192.0.2.1" : nil))
        #expect((event.client.data.bytes != nil) == seesClient)
        #expect(event.details.changes.map(\.new) == (seesChanges ? ["192.0.2.1"] : []))
        #expect((event.details.data.bytes != nil) == seesChanges)
        // What is withheld is there for administrators.
        let all = try service.audit.events(matching: EventQuery(), PageRequest())
        #expect(all.items.first?.event.client.address == "192.0.2.1")
        #expect(all.items.first?.event.details.changes.count == 1)
    }

    /// Whose account, of the one who looks.
    enum Whose: Sendable {
        case mine, others, unknown, server
    }

    @Test func `a person sees no event between others and none of the server`() throws {
        try record(.userRenamed, of: owner.id, by: .account(owner.id), from: "192.0.2.1")
        try record(.settingsChanged, of: nil, by: .account(owner.id), from: "192.0.2.2")
        try record(.auditPurged, of: nil, by: .server, from: "192.0.2.3")
        try record(.loginFailed, of: owner.id, by: .client, from: "192.0.2.4")
        var query = EventQuery()
        for account in [nil, owner.id] {
            query.account = account
            #expect(
                try service.audit.events(matching: query, of: caller(), PageRequest()).items == [])
        }
        #expect(try service.audit.events(matching: query, PageRequest()).items.count == 3)
    }

    @Test func `the name of the system's user is for administrators`() throws {
        try record(.userUnlocked, of: customer.id, by: .commandLine(user: "root"), from: "")
        let own = try service.audit.events(matching: EventQuery(), of: caller(), PageRequest())
        #expect(own.items.map(\.event.actor) == [.commandLine(user: "")])
        let all = try service.audit.events(matching: EventQuery(), PageRequest())
        #expect(all.items.map(\.event.actor) == [.commandLine(user: "root")])
    }

    @Test func `pages follow each other without gaps, while events arrive and are purged`() throws {
        for number in 0..<5 {
            try record(.sessionEnded, of: customer.id, by: .server, from: "192.0.2.\(number)")
        }
        func page(after cursor: Cursor?) throws -> Page<RecordedEvent> {
            try service.audit.events(
                matching: EventQuery(), of: caller(), PageRequest(limit: 2, after: cursor))
        }
        let first = try page(after: nil)
        try record(.sessionEnded, of: customer.id, by: .server, from: "192.0.2.9")
        let middle: Cursor = try #require(first.next)
        let second = try page(after: middle)
        let end: Cursor = try #require(second.next)
        let third = try page(after: end)
        #expect(third.next == nil)
        let found = (first.items + second.items + third.items).map(\.event.id)
        let recorded = world.store.memory.audit.events.prefix(5).map(\.event.id)
        #expect(found == Array(recorded.reversed()))
        // Older events are deleted first: behind one that is gone there is none.
        world.store.change { $0.audit.events.removeFirst(4) }
        #expect(try page(after: Cursor(end.text)).items == [])
    }

    @Test func `the state says how far the chain goes and how many events wait`() throws {
        let empty = try service.audit.chainState()
        #expect(empty.head == nil && empty.checkpoint == nil && empty.checkpointKey == nil)
        #expect(empty.notLinked == BoundedCount(0, upTo: 1))
        for _ in 0..<3 { try record(.sessionEnded, of: nil, by: .server, from: "") }
        let recorder = world.recorder
        let key = try world.store.write { transaction throws(AuthError) in
            let event = try transaction.unlinkedEvents(limit: 1)[0].event
            let link = Link(of: event.digest, after: nil)
            try transaction.save([event.id: link])
            let (origin, now) = (UUID.random(), transaction.now)
            let mac = try recorder.mac(
                ChainHead.digest(origin: origin, link: link, time: now, checkpoint: nil), as: .head,
                in: transaction)
            try transaction.save(
                ChainHead(origin: origin, link: link, time: now, checkpoint: nil, mac: mac))
            let checkpoint = Auth.Checkpoint(
                origin: origin, link: link, time: now, reason: .first, first: 1)
            let key = try recorder.signingKey(in: transaction)
            try transaction.insert(
                FactorVault.reporting { () throws(CryptoError) in
                    try SignedCheckpoint(checkpoint, by: key)
                }, of: 1)
            return key.publicKey
        }
        let state = try service.audit.chainState()
        #expect(state.head?.link.number == 1 && state.notLinked == BoundedCount(2, upTo: 10))
        #expect(state.checkpointKey == key)
        guard case .signed(let checkpoint) = state.checkpoint else {
            Issue.record("\(String(describing: state.checkpoint))")
            return
        }
        #expect(checkpoint.link == state.head?.link && checkpoint.reason == .first)
        world.store.change { memory in
            let signed = memory.audit.checkpoints[0].checkpoint
            memory.audit.checkpoints[0].checkpoint = SignedCheckpoint(
                text: signed.text.replacing("number 1", with: "number 2"), key: signed.key,
                signature: signed.signature)
        }
        #expect(try service.audit.chainState().checkpoint == .invalid)
    }

    @Test func `a fault is a fault and no empty record`() throws {
        world.store.condition = .broken
        let service = service
        let events = failure { () throws(AuthError) in
            _ = try service.audit.events(matching: EventQuery(), PageRequest())
        }
        let chain = failure { () throws(AuthError) in _ = try service.audit.chainState() }
        #expect(events?.fault != nil && chain?.fault != nil)
    }
}
