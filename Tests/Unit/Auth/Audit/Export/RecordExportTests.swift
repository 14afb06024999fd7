import Crypto
import TestSupport
import Testing

@testable import Auth

/// Events happen at second n; checkpoints are signed half a second after the event that they are of.
@Suite struct RecordExportTests {
    private static let origin = UUID.random()

    private static func time(_ seconds: Int64, _ milliseconds: Int64 = 0) -> Timestamp {
        Timestamp(milliseconds: seconds * 1_000 + milliseconds)
    }

    /// A checkpoint whose signature is none: an export proves nothing.
    private static func checkpoint(_ number: Int64) -> SignedCheckpoint {
        let checkpoint = Checkpoint(
            origin: origin, link: Link(number: number, hash: SHA256.digest([])),
            time: time(number, 500), reason: .events, first: 1)
        return .sample(checkpoint.text)
    }

    /// A store with linked events and checkpoints of these numbers.
    private static func store(
        _ events: ClosedRange<Int64>, _ checkpoints: [Int64]
    ) throws -> MemoryStore {
        let store = try World().store
        let mac = try #require(EventMAC(bytes: [UInt8](repeating: 0, count: EventMAC.count)))
        let signed = checkpoints.map { ($0, checkpoint($0)) }
        store.change { memory in
            memory.audit.events = events.map { number in
                let event = Event(
                    id: .random(), time: time(number), kind: .sessionCreated, actor: .server,
                    subject: nil, object: nil, client: EventClient(of: .server),
                    details: EventDetails([]))
                return RecordedEvent(
                    event: event, mac: mac,
                    link: Link(number: number, hash: SHA256.digest([])))
            }
            memory.audit.checkpoints = signed.map { (number: $0.0, checkpoint: $0.1) }
        }
        return store
    }

    /// What an export has: the numbers of events, those of checkpoints negative.
    private func numbers(
        _ store: MemoryStore, since: Timestamp? = nil, until: Timestamp? = nil
    ) throws -> [Int64] {
        var export = try RecordExport(of: store, since: since, until: until)
        var numbers: [Int64] = []
        while let entry = try export.next() {
            switch entry {
            case .event(let recorded): numbers.append(recorded.link?.number ?? 0)
            case .checkpoint(let signed):
                numbers.append(-(Checkpoint(text: signed.text)?.link.number ?? 0))
            }
        }
        return numbers
    }

    @Test func `each checkpoint is behind its event, and the last one ends the export`() throws {
        let store = try Self.store(1...7, [1, 4, 4, 6])
        #expect(try numbers(store) == [1, -1, 2, 3, 4, -4, -4, 5, 6, -6])
    }

    @Test func `after a purge an export begins at the checkpoint before the first event`() throws {
        let store = try Self.store(5...8, [4, 6, 8])
        #expect(try numbers(store) == [-4, 5, 6, -6, 7, 8, -8])
    }

    @Test(arguments: [
        (Int64(3), Int64?.none, [-2, 3, 4, -4, 5, 6, -6]), (4, nil, [-2, 3, 4, -4, 5, 6, -6]),
        (5, nil, [-4, 5, 6, -6]), (0, 3, [1, 2, -2, 3, 4, -4]), (0, 4, [1, 2, -2, 3, 4, -4]),
        (0, 5, [1, 2, -2, 3, 4, -4, 5, 6, -6]), (5, 5, [-4, 5, 6, -6]), (9, nil, [-6]),
    ])
    func `a time is covered from the checkpoint before it to the one behind it`(
        since: Int64, until: Int64?, numbers: [Int64]
    ) throws {
        let store = try Self.store(1...6, [2, 4, 6])
        #expect(
            try self.numbers(store, since: Self.time(since), until: until.map { Self.time($0) })
                == numbers)
    }

    @Test func `many checkpoints of one number are all read`() throws {
        let many = [Int64](repeating: 2, count: 2_100)
        let store = try Self.store(1...3, [1] + many + [3])
        #expect(try numbers(store) == [1, -1, 2] + many.map { -$0 } + [3, -3])
    }

    @Test func `a record of several pages is read whole`() throws {
        let checkpoints = (1...2_100).map { Int64($0) }
        let store = try Self.store(1...2_100, checkpoints)
        #expect(try numbers(store) == checkpoints.flatMap { [$0, -$0] })
    }

    @Test func `an export has a checkpoint that cannot be read, and nothing behind it`() throws {
        let store = try Self.store(1...4, [1, 2, 4])
        store.change { memory in
            let signed = memory.audit.checkpoints[1].checkpoint
            memory.audit.checkpoints[1].checkpoint = SignedCheckpoint(
                text: "forged", key: signed.key, signature: signed.signature)
        }
        #expect(try numbers(store) == [1, -1, 0])
    }

    @Test func `an empty record makes an empty export`() throws {
        #expect(try numbers(World().store).isEmpty)
    }
}
