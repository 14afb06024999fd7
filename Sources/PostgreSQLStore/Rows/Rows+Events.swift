import Auth
import Crypto

extension RecordedEvent {
    /// The columns of an event that is not linked.
    static let insertedColumns = """
        id, time, kind, actor, actor_account, actor_key, actor_user, subject, object, client, \
        client_commitment, details, details_commitment, mac
        """
    /// The columns that `init(_:)` reads, in order.
    static let columns = "\(insertedColumns), number, link"

    /// An event from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        let mac = try row.expect(EventMAC(bytes: row.bytes(13)), in: 13)
        let event = Event(
            id: try row.id(0), time: try row.time(1), kind: try row.choice(2),
            actor: try EventActor(row), subject: try row.optionalUUID(7),
            object: try row.optionalUUID(8), client: EventClient(try PersonalData(row, 9)),
            details: EventDetails(try PersonalData(row, 11)))
        let number = try row.optionalInteger(14)
        self.init(
            event: event, mac: mac,
            link: try number.map { (number) throws(PostgreSQLError) in
                Link(number: number, hash: try row.digest(15))
            })
    }

    /// The values of `insertedColumns`.
    static func values(_ event: Event, mac: EventMAC) -> [SQLValue] {
        var (key, user): (UUID?, String?) = (nil, nil)
        switch event.actor {
        case .apiKey(let id, of: _): key = id
        case .commandLine(let name): user = name
        case .account, .link, .server, .client: break
        }
        return [
            .id(event.id), .time(event.time), .text(event.kind.rawValue), .text(event.actor.kind),
            .optional(event.actor.account, SQLValue.id), .optional(key, SQLValue.id),
            .optional(user, SQLValue.text), .optional(event.subject, SQLValue.id),
            .optional(event.object, SQLValue.id),
            .optional(event.client.data.bytes, SQLValue.bytes),
            .digest(event.client.data.commitment),
            .optional(event.details.data.bytes, SQLValue.bytes),
            .digest(event.details.data.commitment), .bytes(mac.bytes),
        ]
    }
}

extension EventActor {
    fileprivate init(_ row: Row) throws(PostgreSQLError) {
        switch try row.text(3) {
        case "account": self = .account(try row.id(4))
        case "key": self = .apiKey(try row.id(5), of: try row.id(4))
        case "link": self = .link
        case "command": self = .commandLine(user: try row.text(6))
        case "server": self = .server
        case "client": self = .client
        default: throw .unreadable("column actor")
        }
    }
}

extension PersonalData {
    /// From a column, and its commitment in the next one.
    fileprivate init(_ row: Row, _ column: Int32) throws(PostgreSQLError) {
        self.init(
            bytes: try row.optionalBytes(column), commitment: try row.digest(column + 1))
    }
}

extension ChainHead {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "origin, number, link, time, checkpoint, mac"

    /// A head from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            origin: try row.id(0),
            link: Link(number: try row.integer(1), hash: try row.digest(2)),
            time: try row.time(3), checkpoint: try row.optional(4, row.digest),
            mac: try row.expect(EventMAC(bytes: row.bytes(5)), in: 5))
    }
}

extension SignedCheckpoint {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "text, public_key, signature"

    /// A checkpoint from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(text: try row.text(0), key: try row.bytes(1), signature: try row.bytes(2))
    }
}

extension WrappedAuditKeys {
    /// Keys from a row of `mac, signing`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(mac: try row.bytes(0), signing: try row.bytes(1))
    }
}
