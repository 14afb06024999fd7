public import Auth
public import Crypto

/// The record in memory.
public struct AuditMemory: Sendable {
    /// In the order in which they were recorded.
    public var events: [RecordedEvent] = []
    /// The head of the chain.
    public var head: ChainHead?
    /// The keys.
    public var keys: WrappedAuditKeys?
    /// Which process links.
    public var lease: LinkerLease?
    /// With their numbers, in the order in which they were made.
    public var checkpoints: [(number: Int64, checkpoint: SignedCheckpoint)] = []

    func unlinked(limit: Int) -> [RecordedEvent] {
        Array(events.filter { $0.link == nil }.prefix(limit))
    }

    var lastCheckpoint: SignedCheckpoint? {
        let last = checkpoints.map(\.number).max()
        return checkpoints.last { $0.number == last }?.checkpoint
    }
}

extension EventQuery {
    func includes(_ event: Event) -> Bool {
        (kind == nil || event.kind == kind)
            && (account == nil || event.subject == account || event.actor.account == account)
            && since.map { event.time >= $0 } ?? true && until.map { event.time < $0 } ?? true
    }
}

extension MemoryStore {
    /// See the protocol.
    public func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(AuthError) -> [RecordedEvent] {
        try read { memory in
            let events = memory.audit.events.enumerated().sorted {
                ($0.element.event.time, $0.offset) < ($1.element.event.time, $1.offset)
            }.map(\.element)
            let end =
                before.map { id in events.firstIndex { $0.event.id == id } ?? 0 } ?? events.count
            return Array(
                events[..<end].reversed().filter { query.includes($0.event) }.prefix(limit))
        }
    }

    /// See the protocol.
    public func linkedEvents(
        after number: Int64, limit: Int
    ) throws(AuthError) -> [RecordedEvent] {
        try read { memory in
            let linked = memory.audit.events.filter { event in
                event.link.map { number == .min || $0.number > number } ?? false
            }
            return Array(
                linked.sorted { ($0.link?.number ?? 0) < ($1.link?.number ?? 0) }.prefix(limit))
        }
    }

    /// See the protocol.
    public func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent] {
        try read { $0.audit.unlinked(limit: limit) }
    }

    /// See the protocol.
    public func unlinkedEventCount(upTo limit: Int) throws(AuthError) -> Int {
        try read { $0.audit.unlinked(limit: limit).count }
    }

    /// See the protocol.
    public func lastCheckpoint() throws(AuthError) -> SignedCheckpoint? {
        try read { $0.audit.lastCheckpoint }
    }

    /// See the protocol.
    public func chainHead() throws(AuthError) -> ChainHead? {
        try read { $0.audit.head }
    }

    /// See the protocol.
    public func auditKeys() throws(AuthError) -> WrappedAuditKeys? {
        try read { $0.audit.keys }
    }

    /// See the protocol.
    public func checkpoints(
        after number: Int64, limit: Int
    ) throws(AuthError) -> [SignedCheckpoint] {
        try read { memory in
            memory.audit.checkpoints.filter { $0.number > number }.prefix(limit).map(\.checkpoint)
        }
    }
}

extension MemoryTransaction {
    func insert(_ event: Event, mac: EventMAC) throws(AuthError) {
        memory.audit.events.append(RecordedEvent(event: event, mac: mac, link: nil))
    }

    func auditKeys() throws(AuthError) -> WrappedAuditKeys? { memory.audit.keys }

    func save(_ keys: WrappedAuditKeys) throws(AuthError) { memory.audit.keys = keys }

    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent] {
        memory.audit.unlinked(limit: limit)
    }

    func chainHead() throws(AuthError) -> ChainHead? { memory.audit.head }

    func save(_ links: [UUID: Link]) throws(AuthError) {
        replace {
            links[$0.event.id] != nil
        } with: {
            RecordedEvent(event: $0.event, mac: $0.mac, link: links[$0.event.id])
        }
    }

    func save(_ head: ChainHead) throws(AuthError) { memory.audit.head = head }

    func insert(_ checkpoint: SignedCheckpoint, of number: Int64) throws(AuthError) {
        memory.audit.checkpoints.append((number, checkpoint))
    }

    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint? {
        memory.audit.lastCheckpoint
    }

    func linkerLease() throws(AuthError) -> LinkerLease? { memory.audit.lease }

    func saveLinkerLease(_ lease: LinkerLease?) throws(AuthError) { memory.audit.lease = lease }

    func purgeTime() throws(AuthError) -> Timestamp? { now }

    func eraseEvents(of accountID: UUID) throws(AuthError) {
        replace {
            $0.event.subject == accountID
        } with: {
            $0.erasing(details: true)
        }
        replace {
            $0.event.actor.account.map { $0 == accountID } ?? ($0.event.subject == accountID)
        } with: {
            $0.erasing(details: false)
        }
    }

    func deleteEvents(below number: Int64, limit: Int) throws(AuthError) -> Int {
        let doomed = Set(
            memory.audit.events.filter { $0.link.map { $0.number < number } ?? false }
                .prefix(limit).map(\.event.id))
        memory.audit.events.removeAll { doomed.contains($0.event.id) }
        memory.audit.checkpoints.removeAll { $0.number < number - 1 }
        return doomed.count
    }

    private func replace(
        _ isMeant: (RecordedEvent) -> Bool, with change: (RecordedEvent) -> RecordedEvent
    ) {
        for index in memory.audit.events.indices where isMeant(memory.audit.events[index]) {
            memory.audit.events[index] = change(memory.audit.events[index])
        }
    }
}

extension RecordedEvent {
    /// The same without its details, or without its client.
    fileprivate func erasing(details: Bool) -> RecordedEvent {
        RecordedEvent(
            event: Event(
                id: event.id, time: event.time, kind: event.kind, actor: event.actor,
                subject: event.subject, object: event.object,
                client: details ? event.client : EventClient(event.client.data.erased),
                details: details ? EventDetails(event.details.data.erased) : event.details),
            mac: mac, link: link)
    }
}
