import Crypto
import HTTP
import TestSupport

@testable import Auth

extension Scenario {
    private static let byOwner = "Cookie: session_token={owner.cookie}"
    private static let byAdmin = "Cookie: session_token={admin.cookie}"
    private static let byCustomer = "Cookie: session_token={customer.cookie}"

    /// Events whose changes and addresses tell them apart: of the server, of the customer's own, by the owner
    /// about the customer, and by the customer about another account.
    static let withEvents: @Sendable (World) throws -> Void = { world in
        guard let customer = world.account(Person.customer.email)?.id,
            let owner = world.account(Person.owner.email)?.id,
            let member = world.account(Person.member.email)?.id
        else { return }
        func add(
            _ kind: EventKind, of subject: UUID?, by actor: EventActor, from address: String?,
            to value: String
        ) throws(AuthError) {
            let (recorder, client) = (world.recorder, address)
            world.store.cause = Cause(
                actor: actor, address: client, agent: client.map { "agent of \($0)" },
                recorder: recorder)
            try world.store.write { transaction throws(AuthError) in
                try transaction.record(kind, of: subject, [EventChange(stored: "value", to: value)])
            }
            world.clock.advance(seconds: 1)
        }
        try add(.setupCompleted, of: nil, by: .server, from: nil, to: "of the server")
        try add(.sessionEnded, of: customer, by: .account(customer), from: "192.0.2.1", to: "own")
        try add(.userRenamed, of: customer, by: .account(owner), from: "192.0.2.2", to: "owner's")
        try add(.userRenamed, of: member, by: .account(customer), from: "192.0.2.3", to: "member's")
        try add(.loginFailed, of: customer, by: .client, from: "192.0.2.4", to: "failed")
        try add(
            .userUnlocked, of: customer, by: .commandLine(user: "root"), from: nil, to: "unlocked")
    }

    private static func list(
        _ name: String, _ query: String, by credential: String = byOwner, _ contains: [String],
        not excludes: [String] = []
    ) -> Scenario {
        Scenario(name, get("/auth/events\(query)", credential), .ok, contains, not: excludes) {
            $0.prepare = withEvents
        }
    }

    private static func own(
        _ name: String, _ query: String = "", _ contains: [String], not excludes: [String] = []
    ) -> Scenario {
        Scenario(name, get("/auth/me/events\(query)", byCustomer), .ok, contains, not: excludes) {
            $0.prepare = withEvents
        }
    }

    private static func refused(
        _ path: String, by credential: String, _ status: Status, _ code: String
    ) -> Scenario {
        Scenario(
            "\(path) is refused: \(code)", get(path, credential), status,
            [#""code":"\#(code)""#], not: ["items", "head"]
        ) { $0.prepare = withEvents }
    }

    private static func invalid(_ query: String, _ field: String) -> [Scenario] {
        ["/auth/events", "/auth/me/events"].map { path in
            Scenario(
                "\(path)?\(query)", get("\(path)?\(query)", byOwner), .badRequest,
                [#""code":"invalid_request""#, "\"fields\":{\"\(field)\":"])
        }
    }

    static let events: [Scenario] =
        [
            list(
                "administrators see all of every event", "", by: byAdmin,
                [
                    #""kind":"setup.completed","actor":{"kind":"server","account":null,"#,
                    #""userAgent":"agent of 192.0.2.2""#, #""address":"192.0.2.1""#,
                    #"[{"name":"value","from":null,"to":"member's"}]"#, #""to":"own""#,
                    #"{"kind":"command","account":null,"key":null,"user":"root"}"#,
                    #""time":"2023-11-14T22:13:20.000Z""#, #""nextCursor":null"#,
                ]),
            list(
                "a key for administration sees them", "",
                by: "Authorization: Bearer {owner.adminKey}", [#""kind":"setup.completed""#]),
            list(
                "the filter by kind", "?kind=user.renamed", ["owner's", "member's"],
                not: ["setup.completed", "session.ended", "login.failed"]),
            list(
                "the filter by account", "?account={member.id}", ["member's"],
                not: ["setup.completed", "owner's", "192.0.2.4"]),
            list(
                "the filter by what an account did", "?account={owner.id}", ["owner's"],
                not: ["member's", "192.0.2.4"]),
            list(
                "from a time to another",
                "?since=2023-11-14T22:13:21Z&until=2023-11-14T22:13:23.000Z", ["own", "owner's"],
                not: ["setup.completed", "member's"]),
            list("of a day", "?since=2023-11-14&until=2023-11-15", ["setup.completed"]),
            list("of the day after", "?since=2023-11-15", [#"{"items":[],"nextCursor":null}"#]),
            list(
                "a first page", "?kind=user.renamed&limit=1", ["member's", #""nextCursor":""#],
                not: ["owner's"]),
            list(
                "empty filters filter nothing", "?kind=&account=&since=&until=",
                ["setup.completed"]),
            own(
                "a person sees what they did and what is about them", "",
                [
                    #""kind":"session.ended""#, #""address":"192.0.2.1""#, #""to":"own""#,
                    #""to":"owner's""#, #""to":"failed""#,
                    #""address":"192.0.2.4""#, "user.unlocked",
                    #"{"kind":"command","account":null,"key":null,"user":null}"#,
                ], not: ["setup.completed", "root"]),
            own(
                "and neither where others were nor what changed of them", "?kind=user.renamed",
                [
                    #""address":null,"userAgent":null,"changes":[{"#, #""changes":null"#,
                    "192.0.2.3",
                ],
                not: ["192.0.2.2", "member's"]),
            own(
                "an account in the query shows nothing of it", "?account={owner.id}",
                ["session.ended"], not: ["setup.completed", "192.0.2.2"]),
            Scenario(
                "a pending account sees none",
                get("/auth/me/events", "Cookie: session_token={pending.cookie}"), .forbidden,
                [#""code":"pending_approval""#]),
            Scenario(
                "the state of a chain without links", get("/auth/events/chain", byAdmin), .ok,
                [
                    #""head":null,"checkpoint":null,"checkpointIsInvalid":false,"notLinked":"#,
                    #""notLinkedIsExceeded":false"#,
                ], not: [#""notLinked":0"#]
            ) { $0.prepare = withEvents },
            Scenario(
                "the state of a chain", get("/auth/events/chain", byOwner), .ok,
                [
                    #"{"head":{"origin":""#, #""number":1,"#,
                    #""reason":"first","first":1,"key":""#,
                    #""checkpointIsInvalid":false"#,
                ]
            ) {
                $0.prepare = {
                    try withEvents($0); try $0.linkFirstEvent()
                }
            },
            Scenario(
                "a checkpoint whose signature is invalid", get("/auth/events/chain", byOwner), .ok,
                [#""checkpoint":null,"checkpointIsInvalid":true"#]
            ) {
                $0.prepare = {
                    try withEvents($0)
                    try $0.linkFirstEvent { text in text.replacing("first 1", with: "first 2") }
                }
            },
        ]
        + ["/auth/events", "/auth/events/chain"].flatMap { path in
            [
                refused(path, by: "X: y", .unauthorized, "unauthenticated"),
                refused(path, by: byCustomer, .forbidden, "forbidden"),
                refused(
                    path, by: "Cookie: session_token={member.cookie}", .forbidden, "forbidden"),
                refused(
                    path, by: "Authorization: Bearer {owner.key}", .forbidden,
                    "insufficient_scope"),
            ]
        } + [
            refused("/auth/me/events", by: "X: y", .unauthorized, "unauthenticated"),
            refused(
                "/auth/me/events", by: "Authorization: Bearer {owner.key}", .forbidden,
                "api_key_not_allowed"),
        ]
        + ["/auth/events", "/auth/events/chain", "/auth/me/events"].map { path in
            Scenario(
                "\(path) at a fault", get(path, byOwner), .serviceUnavailable,
                [#""code":"unavailable""#]
            ) {
                $0.prepare = { $0.store.condition = .broken }
            }
        }
        + [
            ("kind=user", "kind"), ("account=x", "account"), ("since=yesterday", "since"),
            ("since=2023-02-29", "since"), ("until=2023-11-14T22:13:20", "until"),
            ("since=%FF", "since"), ("limit=0", "limit"), ("cursor=x", "cursor"),
        ].flatMap(invalid)
}

extension World {
    /// Links the first event and signs a checkpoint.
    ///
    /// - Parameter edit: Changes the text of the checkpoint after it is signed.
    /// - Throws: `AuthError` when a key cannot be opened.
    fileprivate func linkFirstEvent(
        _ edit: @escaping @Sendable (String) -> String = { $0 }
    ) throws {
        let recorder = recorder
        try store.write { transaction throws(AuthError) in
            guard let first = try transaction.unlinkedEvents(limit: 1).first else { return }
            let link = Link(of: first.event.digest, after: nil)
            let origin = UUID.random()
            try transaction.save([first.event.id: link])
            try transaction.save(
                ChainHead(
                    origin: origin, link: link, time: transaction.now, checkpoint: nil,
                    mac: first.mac))
            let checkpoint = Checkpoint(
                origin: origin, link: link, time: transaction.now, reason: .first, first: 1)
            let key = try recorder.signingKey(in: transaction)
            let signed = try FactorVault.reporting { () throws(CryptoError) in
                try SignedCheckpoint(checkpoint, by: key)
            }
            try transaction.insert(
                SignedCheckpoint(
                    text: edit(signed.text), key: signed.key, signature: signed.signature),
                of: link.number)
        }
    }
}
