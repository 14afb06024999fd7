import Auth
import Crypto

extension QueuedMail {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, kind, recipient, account_id, content, created_at, attempts, next_attempt_at, last_error"

    /// The condition under which this program knows what a mail is about: a later one may have left
    /// others, which wait for it.
    static let isKnown =
        "kind IN (" + Mail.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"

    /// A queued mail from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            mail: Mail(
                id: try row.id(0), kind: try row.choice(1), recipient: try row.email(2),
                accountID: try row.optionalUUID(3), content: try row.bytes(4),
                createdAt: try row.time(5)),
            attempts: Int(try row.integer(6)), nextAttemptAt: try row.optional(7, row.time),
            lastError: try row.optionalText(8))
    }
}
