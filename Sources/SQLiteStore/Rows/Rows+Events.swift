import Auth
import Crypto

extension RecordedEvent {
    /// The columns that `init(_:)` reads, in order.
    static let columns = """
        id, time, kind, actor, actor_account, actor_key, actor_user, subject, object, client, \
        client_commitment, details, details_commitment, mac, number, link, listed
        """
    /// The columns of an event that is not linked, nor listed.
    static let insertedColumns = """
        id, time, kind, actor, actor_account, actor_key, actor_user, subject, object, client, \
        client_commitment, details, details_commitment, mac, listed
        """
    /// Inserts `values`; made once, since every event uses it.
    static let insertion = """
        INSERT INTO events (\(insertedColumns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        """

    /// An event from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        guard let mac = EventMAC(bytes: try row.blob(13)) else {
            throw .unreadable("column mac")
        }
        let event = Event(
            id: try row.id(0), time: try row.time(1), kind: try row.choice(2),
            actor: try EventActor(row),
            subject: try row.optional(7) { (row) throws(SQLiteError) in try row.id(7) },
            object: try row.optional(8) { (row) throws(SQLiteError) in try row.id(8) },
            client: EventClient(try PersonalData(row, 9)),
            details: EventDetails(try PersonalData(row, 11)))
        let link = try row.optional(14) { (row) throws(SQLiteError) in
            Link(number: try row.integer(14), hash: try row.digest(15))
        }
        // No list would show it.
        let isListed = try row.integer(16) == 1
        guard link == nil || isListed else { throw .unreadable("column listed") }
        self.init(event: event, mac: mac, link: link)
    }

    /// The values of `insertion`.
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
            .optional(event.client.data.bytes, SQLValue.blob),
            .digest(event.client.data.commitment),
            .optional(event.details.data.bytes, SQLValue.blob),
            .digest(event.details.data.commitment), .blob(mac.bytes),
        ]
    }
}

extension EventActor {
    fileprivate init(_ row: Row) throws(SQLiteError) {
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
    fileprivate init(_ row: Row, _ column: Int32) throws(SQLiteError) {
        self.init(
            bytes: try row.optional(column) { (row) throws(SQLiteError) in try row.blob(column) },
            commitment: try row.digest(column + 1))
    }
}

extension ChainHead {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "origin, number, link, time, checkpoint, mac"

    /// A head from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        guard let mac = EventMAC(bytes: try row.blob(5)) else { throw .unreadable("column mac") }
        self.init(
            origin: try row.id(0),
            link: Link(number: try row.integer(1), hash: try row.digest(2)),
            time: try row.time(3),
            checkpoint: try row.optional(4) { (row) throws(SQLiteError) in try row.digest(4) },
            mac: mac)
    }
}

extension SignedCheckpoint {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "text, public_key, signature"

    /// A checkpoint from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(text: try row.text(0), key: try row.blob(1), signature: try row.blob(2))
    }
}

extension WrappedAuditKeys {
    /// Keys from a row of `mac, signing`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(mac: try row.blob(0), signing: try row.blob(1))
    }
}
