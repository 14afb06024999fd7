import Crypto

@testable import Auth

/// A chain with its keys, made as the linker makes it, to be tampered with.
struct ChainSample {
    let origin = UUID.random()
    let macKey = Secret.random()
    let keyNumber: [UInt8] = [0, 0, 0, 1]
    var signer: Ed25519.PrivateKey
    var events: [RecordedEvent] = []
    /// With their numbers, in order.
    var checkpoints: [(number: Int64, checkpoint: SignedCheckpoint)] = []
    var head: ChainHead?
    var firstKept: Int64 = 1
    /// The hash of the last checkpoint.
    var lastHash: Digest?

    init(_ count: Int = 0) throws {
        signer = try Ed25519.PrivateKey(seed: .random())
        try append(count)
    }

    var macs: MACVerifier { MACVerifier([(keyNumber, macKey)]) }

    /// Links further events.
    mutating func append(_ count: Int) throws {
        for _ in 0..<count { try append(Self.event(events.count)) }
    }

    /// Links one event.
    mutating func append(_ event: Event) throws {
        let link = Link(of: event.digest, after: head?.link)
        events.append(RecordedEvent(event: event, mac: mac(event.digest, .event), link: link))
        try setHead(link)
        if link.number == 1 {
            try checkpoint(.first)
        } else if link.number.isMultiple(of: ChainVerifier.checkpointInterval) {
            try checkpoint(.events)
        }
    }

    mutating func setHead(_ link: Link) throws {
        let time = Timestamp(milliseconds: link.number * 1_000)
        let digest = ChainHead.digest(
            origin: origin, link: link, time: time, checkpoint: lastHash)
        head = ChainHead(
            origin: origin, link: link, time: time, checkpoint: lastHash,
            mac: mac(digest, .head))
    }

    /// Signs the last link.
    mutating func checkpoint(
        _ reason: Checkpoint.Reason, first: Int64? = nil, successor: Ed25519.PrivateKey? = nil
    ) throws {
        guard let head else { return }
        firstKept = first ?? firstKept
        let checkpoint = Checkpoint(
            origin: origin, link: head.link, time: head.time, reason: reason, first: firstKept,
            previous: lastHash, successor: successor?.publicKey)
        let signed = try SignedCheckpoint(checkpoint, by: signer)
        checkpoints.append((head.link.number, signed))
        lastHash = signed.hash
        try setHead(head.link)
        if let successor { signer = successor }
    }

    /// Records that the accounts of an event are deleted, which explains that its personal data are erased.
    mutating func deleteAccounts(of event: Event) throws {
        for account in [event.subject, event.actor.account].compactMap(\.self) {
            try append(
                Event(
                    id: .random(), time: event.time, kind: .userDeleted, actor: .server,
                    subject: account, object: nil, client: EventClient(PersonalData([nil, nil])),
                    details: EventDetails(EventDetails([]).data.erased)))
        }
    }

    func mac(_ digest: Digest, _ use: MACUse) -> EventMAC {
        guard let mac = EventMAC(key: keyNumber, code: use.code(of: digest, under: macKey)) else {
            preconditionFailure("the number of the key has four bytes")
        }
        return mac
    }

    /// An event with personal data of its own.
    static func event(_ index: Int) -> Event {
        Event(
            id: .random(), time: Timestamp(milliseconds: Int64(index)),
            kind: EventKind.allCases[index % EventKind.allCases.count],
            actor: index.isMultiple(of: 3) ? .server : .account(.random()), subject: .random(),
            object: nil, client: EventClient(PersonalData(["192.0.2.\(index % 256)", nil])),
            details: EventDetails([EventChange(.count, from: nil, to: "\(index)")]))
    }

    /// What a verifier says of it.
    func verdict(
        _ scope: ChainVerifier.Scope = .whole, hasKeys: Bool = true, trusted: [[UInt8]] = [],
        against given: SignedCheckpoint? = nil, notLinked: [RecordedEvent] = []
    ) throws -> ChainVerdict {
        var verifier = try ChainVerifier(
            scope, macs: hasKeys ? macs : nil, trusted: trusted, against: given)
        var rest = checkpoints[...]
        func addCheckpoints(before number: Int64) throws {
            while let next = rest.first, next.number < number {
                try verifier.add(next.checkpoint)
                rest.removeFirst()
            }
        }
        for event in events {
            try addCheckpoints(before: event.link?.number ?? .min)
            verifier.add(event)
        }
        try addCheckpoints(before: .max)
        return verifier.finish(head: scope == .whole ? head : nil, notLinked: notLinked)
    }
}

extension RecordedEvent {
    /// The same with other parts.
    func with(
        kind: EventKind? = nil, time: Timestamp? = nil, client: EventClient? = nil,
        details: EventDetails? = nil, mac: EventMAC? = nil, link: Link? = nil
    ) -> RecordedEvent {
        RecordedEvent(
            event: Event(
                id: event.id, time: time ?? event.time, kind: kind ?? event.kind,
                actor: event.actor, subject: event.subject, object: event.object,
                client: client ?? event.client, details: details ?? event.details),
            mac: mac ?? self.mac, link: link ?? self.link)
    }

    /// Without its personal data.
    var erased: RecordedEvent {
        with(
            client: EventClient(event.client.data.erased),
            details: EventDetails(event.details.data.erased))
    }
}

extension ChainVerdict {
    /// The break; nil for an intact chain.
    var found: ChainBreak? {
        if case .broken(let found) = self { found } else { nil }
    }

    /// The summary; nil for a broken chain.
    var summary: ChainSummary? {
        if case .intact(let summary) = self { summary } else { nil }
    }
}
