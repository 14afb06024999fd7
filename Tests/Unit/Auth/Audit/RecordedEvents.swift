import Crypto
import TestSupport

@testable import Auth

/// What tests ask the record in memory for.
extension World {
    /// All events, oldest first.
    var events: [Event] { store.memory.audit.events.map(\.event) }

    /// The events of a kind, oldest first.
    func events(_ kind: EventKind) -> [Event] { events.filter { $0.kind == kind } }

    /// The kinds of all events, oldest first.
    var kinds: [EventKind] { events.map(\.kind) }

    /// Forgets all events, so that a test sees what follows.
    func forgetEvents() { store.change { $0.audit.events = [] } }

    /// Whether any event has this text anywhere.
    func isRecorded(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return events.contains { event in
            [event.client.data.bytes, event.details.data.bytes].compactMap(\.self).contains {
                bytes in
                bytes.count >= wanted.count
                    && (0...bytes.count - wanted.count).contains { start in
                        bytes[start..<start + wanted.count].elementsEqual(wanted)
                    }
            }
        }
    }
}

extension Event {
    /// The change of this name.
    func change(_ name: String) -> EventChange? { details.changes.first { $0.name == name } }

    /// The value of a change after it.
    func value(_ name: String) -> String? { change(name)?.new }
}

extension AuthService {
    /// Begins a request of a signed-in caller, as the web does.
    func begin(as caller: Caller, from client: ClientContext = .sample) {
        begin(for: client)
        continues(as: caller)
    }
}

extension EventStore {
    /// Verifies the whole chain of the store.
    func verifyChain(
        with macs: MACVerifier?, trusted: [[UInt8]] = [], against given: SignedCheckpoint? = nil
    ) throws -> ChainVerdict {
        try verifyChain(
            with: ChainVerifier(.whole, macs: macs, trusted: trusted, against: given))
    }
}
