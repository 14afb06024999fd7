import Auth
import Crypto
import JSON
import Testing

@testable import lunauth

@Suite struct ExportEntryTests {
    private static let ids = (1...4).map { number in
        UUID(parsing: "00000000-0000-4000-8000-00000000000\(number)".utf8) ?? .random()
    }

    private static let digest = SHA256.digest(Array("commitment".utf8))

    private static func event(
        by actor: EventActor = .server, subject: UUID? = nil,
        client: [String?] = ["192.0.2.1", nil], details: [String?] = []
    ) -> Event {
        let salt = [UInt8](0..<16)
        return Event(
            id: ids[0], time: Timestamp(milliseconds: 1_796_000_000_123), kind: .settingsChanged,
            actor: actor, subject: subject, object: nil,
            client: EventClient(PersonalData(salt: salt, fields: client, commitment: digest)),
            details: EventDetails(PersonalData(salt: salt, fields: details, commitment: digest)))
    }

    private static func line(_ event: Event, number: Int64 = 7) -> [UInt8] {
        ExportEntry.event(event, Link(number: number, hash: digest)).encoded
    }

    private static let events = [
        event(), event(by: .account(ids[1]), subject: ids[2]),
        event(by: .apiKey(ids[2], of: ids[1])), event(by: .link), event(by: .client),
        event(by: .commandLine(user: "root (sudo: é \"x\"\n)")),
        event(client: [nil, "Mozilla/5.0 \u{2028}\u{0}"]),
        event(details: ["role", "user", "admin", "email", nil, "a@example.com", "", "", nil]),
        // What the server never writes must not be hidden by an export.
        event(client: ["one"], details: ["two"]), event(details: [nil, nil, nil]),
        Event(
            id: ids[3], time: Timestamp(milliseconds: 0), kind: .userDeleted, actor: .server,
            subject: nil, object: ids[1],
            client: EventClient(PersonalData(bytes: nil, commitment: digest)),
            details: EventDetails(PersonalData(bytes: [1, 2, 3], commitment: digest))),
    ]

    @Test(arguments: events)
    func `a line that was written is read as the same event`(event: Event) throws {
        let line = Self.line(event)
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1 && line.last == UInt8(ascii: "\n"))
        let entry = try #require(ExportEntry(line: Array(line.dropLast())))
        #expect(entry == .event(event, Link(number: 7, hash: Self.digest)))
    }

    @Test func `erased personal data leave their commitment`() throws {
        let line = String(decoding: Self.line(Self.events[10]), as: UTF8.self)
        let commitment = Hex.encode(Self.digest.bytes)
        #expect(line.contains(#""client":{"commitment":"\#(commitment)"}"#))
    }

    @Test func `a checkpoint is read as it was written`() throws {
        let checkpoint = SignedCheckpoint(
            text: "lunauth checkpoint 1\nnumber 1\n", key: [UInt8](repeating: 1, count: 32),
            signature: [UInt8](repeating: 2, count: 64))
        #expect(
            ExportEntry(line: Array(checkpoint.line.dropLast())) == .checkpoint(checkpoint))
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"event":{}}"#, #"{"checkpoint":"a"}"#,
        #"{"checkpoint":"a","key":"0","signature":"00"}"#,
        #"{"checkpoint":"a","key":"00","signature":"00","event":{}}"#,
    ])
    func `anything else is no line of an export`(text: String) {
        #expect(ExportEntry(line: Array(text.utf8)) == nil)
    }

    @Test(arguments: ["number", "id", "time", "kind", "actor", "subject", "client", "link"])
    func `an event without one of its members is none`(name: String) throws {
        let line = Array(Self.line(Self.events[1]).dropLast())
        guard case .object(let outer) = try JSONValue.decode(line),
            case .object(var event)? = outer["event"]
        else { throw CancellationError() }
        event[name] = nil
        var text: [UInt8] = []
        JSONText.append(.object(["event": .object(event)]), to: &text)
        #expect(ExportEntry(line: text) == nil)
    }
}
