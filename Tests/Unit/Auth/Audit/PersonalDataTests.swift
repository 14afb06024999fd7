import Crypto
import Testing

@testable import Auth

/// What can be erased from an event without a trace in the chain.
struct PersonalDataTests {
    private let cause = Cause(
        actor: .client, address: "192.0.2.1", agent: "Firefox", recorder: nil)

    private func event(_ client: EventClient, _ details: EventDetails) -> Event {
        Event(
            id: UUID(high: 1, low: 2), time: Timestamp(milliseconds: 3), kind: .loginFailed,
            actor: .client, subject: nil, object: nil, client: client, details: details)
    }

    @Test func `clients and changes are read as they were written`() {
        let client = EventClient(of: cause)
        #expect(client.address == "192.0.2.1" && client.agent == "Firefox")
        let onMachine = EventClient(of: .server)
        #expect(onMachine.address == nil && onMachine.agent == nil && onMachine.data.isTrue)
        let changes = [
            EventChange(.role, from: "user", to: "admin"), EventChange(.email, to: "ada@x.org"),
            EventChange(.name, from: "", to: nil),
        ]
        #expect(EventDetails(changes).changes == changes)
        #expect(EventDetails([]).changes == [] && EventDetails([]).data.isTrue)
    }

    @Test func `erasing leaves the digest of the event as it is`() {
        let (client, details) = (
            EventClient(of: cause), EventDetails([EventChange(.count, to: "3")])
        )
        let (lost, gone) = (EventClient(client.data.erased), EventDetails(details.data.erased))
        #expect(event(client, details).digest == event(lost, gone).digest)
        #expect(lost.data.bytes == nil && lost.data.isTrue)
        #expect(lost.address == nil && lost.agent == nil && gone.changes == [])
    }

    @Test func `the same text is committed to under another salt each time`() {
        let samples = (0..<20).map { _ in EventClient(of: cause).data }
        #expect(Set(samples.map(\.commitment)).count == samples.count)
        #expect(Set(samples.compactMap { $0.bytes?.prefix(16) }).count == samples.count)
    }

    @Test func `data that the commitment does not say are false and say nothing`() throws {
        let data = EventClient(of: cause).data
        let bytes = try #require(data.bytes)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            let changed = PersonalData(bytes: other, commitment: data.commitment)
            #expect(!changed.isTrue)
            #expect(EventClient(changed).address == nil && EventDetails(changed).changes == [])
        }
        for other in [[], bytes + [0], Array(bytes.dropLast())] {
            #expect(!PersonalData(bytes: other, commitment: data.commitment).isTrue)
        }
    }
}
