public import Crypto

@testable public import Auth

extension EventMAC {
    /// A MAC of no event.
    ///
    /// - Throws: Never.
    public static func sample() throws -> EventMAC {
        guard let mac = EventMAC(key: Random.bytes(4), code: .random()) else {
            throw InvalidSample()
        }
        return mac
    }
}

extension Event {
    /// An event with one change unless others are given.
    public static func sample(
        _ kind: EventKind = .sessionEnded, at time: Timestamp = .start, of subject: UUID? = nil,
        by actor: EventActor = .server, object: UUID? = nil, from address: String? = "192.0.2.1",
        _ changes: [EventChange] = [EventChange(stored: "value", from: "a", to: "b")]
    ) -> Event {
        Event(
            id: .random(), time: time, kind: kind, actor: actor, subject: subject, object: object,
            client: EventClient(of: Cause(actor: actor, address: address, agent: "Firefox")),
            details: EventDetails(changes))
    }
}

extension Store {
    /// Adds events in one transaction; they are not linked.
    ///
    /// - Returns: The events as they are recorded.
    /// - Throws: What the store throws.
    @discardableResult
    public func add(_ events: [Event]) throws -> [RecordedEvent] {
        let recorded = try events.map {
            RecordedEvent(event: $0, mac: try .sample(), link: nil)
        }
        try write { transaction throws(AuthError) in
            for event in recorded { try transaction.insert(event.event, mac: event.mac) }
        }
        return recorded
    }

    /// Links events in this order.
    ///
    /// - Parameters:
    ///   - events: Events that are not linked.
    ///   - last: The link before them; nil for the beginning of the chain.
    /// - Returns: The events with their links.
    /// - Throws: What the store throws.
    @discardableResult
    public func link(
        _ events: [RecordedEvent], after last: Link? = nil
    ) throws -> [RecordedEvent] {
        var (linked, last) = ([RecordedEvent](), last)
        for event in events {
            let link = Link(of: event.event.digest, after: last)
            linked.append(RecordedEvent(event: event.event, mac: event.mac, link: link))
            last = link
        }
        let links = linked.reduce(into: [:]) { $0[$1.event.id] = $1.link }
        try write { transaction throws(AuthError) in try transaction.save(links) }
        return linked
    }

    /// All events of a query, newest first.
    public func events(
        _ query: EventQuery = EventQuery()
    ) throws(AuthError) -> [RecordedEvent] {
        try events(query, before: nil, limit: 1_000)
    }
}

extension SignedCheckpoint {
    /// A checkpoint that no key signed.
    public static func sample(_ text: String) -> SignedCheckpoint {
        SignedCheckpoint(text: text, key: Random.bytes(32), signature: Random.bytes(64))
    }
}
