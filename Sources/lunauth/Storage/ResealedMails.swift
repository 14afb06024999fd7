import Auth
import Crypto
import PostgreSQLStore
import StoreSupport

/// A database whose mails are read as sealed with the secret key that the operator has.
///
/// Daemons on PostgreSQL seal mails with keys that they share in a table of their own, which does not move.
final class ResealedMails: CopySource {
    private let source: any CopySource
    private let writer: MailWriter

    /// What is read of a database.
    ///
    /// - Parameters:
    ///   - source: The database.
    ///   - keys: `LoadedConfiguration.mailKeys`.
    init(_ source: any CopySource, keys: [Secret]) {
        self.source = source
        writer = MailWriter(
            keys: MailEncryptionKeys(keys), throttle: Throttle(isEnabled: false, now: { 0 }))
    }

    /// See the protocol.
    func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        guard let columns = MailColumns(of: table) else { return try source.read(table, body) }
        try source.read(table) { rows in
            try body(rows.map { row in try columns.resealed(row, by: writer) })
        }
    }
}

/// Where the parts of a mail are in a row.
private struct MailColumns {
    let id: Int
    let kind: Int
    let recipient: Int
    let content: Int

    /// Nil for any table but that of mails.
    init?(of table: StoredTable) {
        guard table.name == "mails" else { return nil }
        let names = table.columns.map(\.name)
        guard let id = names.firstIndex(of: "id"), let kind = names.firstIndex(of: "kind"),
            let recipient = names.firstIndex(of: "recipient"),
            let content = names.firstIndex(of: "content")
        else { return nil }
        (self.id, self.kind, self.recipient, self.content) = (id, kind, recipient, content)
    }

    /// A mail that no key opens stays as it is, as with a rotation.
    func resealed(_ row: [StoredValue], by writer: MailWriter) throws -> [StoredValue] {
        guard case .id(let id) = row[self.id], case .text(let kind) = row[self.kind],
            case .text(let address) = row[recipient], case .bytes(let content) = row[self.content],
            let kind = Mail.Kind(rawValue: kind), let recipient = Email(address)
        else { return row }
        let mail = Mail(
            id: id, kind: kind, recipient: recipient, accountID: nil, content: content,
            createdAt: Timestamp(milliseconds: 0))
        guard let sealed = try writer.resealed(mail) else { return row }
        var row = row
        row[self.content] = .bytes(sealed.content)
        return row
    }
}

extension SecretKeys {
    /// Takes over what daemons share, where they do; writes nothing to their database.
    ///
    /// - Throws: `doesNotOpen`; what keeps the database from being read.
    func takeShared(of loaded: LoadedConfiguration) throws {
        guard case .postgreSQL(let configuration) = loaded.database else { return }
        try take(PostgreSQLStorage.inspect(configuration).secretKeys)
    }
}

extension LoadedConfiguration {
    /// The keys that open mails: first that of the operator, behind it those that daemons share.
    ///
    /// - Throws: `SecretKeyError`; what keeps the database from being used.
    var mailKeys: [Secret] {
        get throws {
            let now = WallClock.now()
            let shared = SecretKeys(self)
            try shared.takeShared(of: self)
            return try SecretKeys(self).sealingKeys(at: now) + shared.sealingKeys(at: now)
        }
    }
}
