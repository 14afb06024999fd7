import Crypto
import Testing

@testable import Auth

/// The bytes under the chain and the MACs.
///
/// The digests are those of a program in Python that was written from
/// the description of the format.
struct EventEncoderTests {
    private static func id(_ octet: UInt8) throws -> UUID {
        try #require(UUID(octets: [UInt8](repeating: octet, count: 16)))
    }

    private static func personal(_ fields: [String?]) -> PersonalData {
        var encoder = EventEncoder(Array(0..<16))
        for field in fields { encoder.append(field?.utf8) }
        return PersonalData(bytes: encoder.bytes, commitment: SHA256.digest([1] + encoder.bytes))
    }

    private static func event(
        by actor: EventActor, isAboutServer: Bool = false
    ) throws -> Event {
        Event(
            id: try id(1), time: Timestamp(milliseconds: 1_700_000_000_000),
            kind: .userRoleChanged, actor: actor, subject: isAboutServer ? nil : try id(3),
            object: isAboutServer ? nil : try id(4),
            client: EventClient(personal(["192.0.2.1", "Firefox"])),
            details: EventDetails(personal(["role", "user", "admin"])))
    }

    private static func hex(_ digest: Digest) -> String { Hex.encode(digest.bytes) }

    @Test func `digests of events and links are those of the documented format`() throws {
        let (account, key) = (try Self.id(2), try Self.id(5))
        let event = try Self.event(by: .account(account))
        #expect(
            Self.hex(event.client.data.commitment)
                == "0337234f36ac54a85835ae5e5c9fef512722228c4e88e3b1a2f7f1428dde28f2")
        #expect(
            Self.hex(event.details.data.commitment)
                == "8af076bb3d1978bb97bdceddad6806234bb09d0fc926c307c644beb5c328ebb4")
        for (actor, digest) in [
            (.account(account), "cc842da832020377c3e695a80502dd00b0f415c4ea93666315233a33d8252f92"),
            (
                .apiKey(key, of: account),
                "21726e9fa618f4f86f1b31b5b042856bfc935a013e075635093124862bc81b80"
            ),
            (
                .commandLine(user: "root"),
                "731cbbd2b14531d610df998e80cb612d6214f0122db105da586d23842b212864"
            ),
            (.server, "a03c841e1687ee336790f8acb4f6522b91e2214678dd10c1d7a6654a6202839a"),
        ] as [(EventActor, String)] {
            #expect(try Self.hex(Self.event(by: actor).digest) == digest)
        }
        #expect(
            try Self.hex(Self.event(by: .link, isAboutServer: true).digest)
                == "4dc9b85697b9140d4f9ddb844bbe4af0e0e0e8c7be44a56d779ba1fd3bc04e45")
        let first = Link(of: event.digest, after: nil)
        #expect(first.number == 1)
        #expect(
            Self.hex(first.hash)
                == "c893269d6bd1c38848aba24da098bb26f70a01cf5818ecb8d2efee2dd2fce7d6")
        let second = Link(of: event.digest, after: first)
        #expect(second.number == 2)
        #expect(
            Self.hex(second.hash)
                == "aa73b9866c0649f64c1dae50acb613bfdd47a4373a810df2228ee34c628047e4")
    }

    @Test func `no two events have one digest`() throws {
        let (account, key) = (try Self.id(2), try Self.id(5))
        let event = try Self.event(by: .account(account))
        func copy(
            id: UUID? = nil, time: Int64? = nil, kind: EventKind? = nil, actor: EventActor? = nil,
            subject: UUID?? = nil, object: UUID?? = nil, client: [String?]? = nil,
            details: [String?]? = nil
        ) -> Event {
            Event(
                id: id ?? event.id, time: time.map(Timestamp.init(milliseconds:)) ?? event.time,
                kind: kind ?? event.kind, actor: actor ?? event.actor,
                subject: subject ?? event.subject, object: object ?? event.object,
                client: client.map { EventClient(Self.personal($0)) } ?? event.client,
                details: details.map { EventDetails(Self.personal($0)) } ?? event.details)
        }
        let others = [
            copy(id: account), copy(time: 1_700_000_000_001), copy(kind: .userTierChanged),
            copy(actor: .account(key)), copy(actor: .apiKey(key, of: account)),
            copy(actor: .apiKey(account, of: key)), copy(actor: .link), copy(actor: .client),
            copy(actor: .server), copy(actor: .commandLine(user: "")),
            copy(actor: .commandLine(user: "root")), copy(subject: .some(nil)),
            copy(object: .some(nil)), copy(subject: event.object, object: event.subject),
            copy(client: ["192.0.2.1Firefox", ""]), copy(client: ["192.0.2.1", nil]),
            copy(client: ["192.0.2.1", ""]), copy(details: ["role", "useradmin", ""]),
            copy(details: ["role", "user"]), copy(details: []),
        ]
        #expect(Set(([event] + others).map(\.digest)).count == others.count + 1)
    }

    @Test(
        arguments: [
            [], [nil], [""], ["", nil, ""], ["a", "bc"], ["ab", "c"], [nil, nil, "é\u{0}\n"],
        ] as [[String?]])
    func `fields do not run into each other and are read as they were written`(fields: [String?])
        throws
    {
        var encoder = EventEncoder([])
        for field in fields { encoder.append(field?.utf8) }
        #expect(EventEncoder.fields(of: encoder.bytes) == fields)
        // No beginning of them says the same, and one byte more says nothing.
        for count in 0..<encoder.bytes.count {
            #expect(EventEncoder.fields(of: encoder.bytes.prefix(count)) != fields)
        }
        #expect(EventEncoder.fields(of: encoder.bytes + [0]) == nil)
    }

    @Test func `bytes that are no fields are refused`() {
        for bytes in [
            [0], [0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 2, 65], [255, 255, 255, 254],
            [127, 255, 255, 255, 65], [0, 0, 0, 1, 0xFF], [0, 0, 0, 2, 0xC3, 0x28],
            [255, 255, 255, 255, 0],
        ] as [[UInt8]] {
            #expect(EventEncoder.fields(of: bytes) == nil, "\(bytes)")
        }
    }
}
