public import Crypto

/// A mail that waits in the outbox.
///
/// It is put there by the transaction that made it necessary, so that neither is without the other.
public struct Mail: Sendable, Equatable {
    /// Stays the same over every attempt to send it; becomes the Message-ID.
    public let id: UUID
    /// What it is about: decides its template.
    public let kind: Kind
    /// Who gets it.
    public let recipient: Email
    /// Whose deletion takes it along while it waits.
    public let accountID: UUID?
    /// What the template is filled with, sealed: links in it are credentials.
    public let content: [UInt8]
    /// When it was written.
    public let createdAt: Timestamp

    /// A mail from its parts.
    public init(
        id: UUID, kind: Kind, recipient: Email, accountID: UUID?, content: [UInt8],
        createdAt: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.recipient = recipient
        self.accountID = accountID
        self.content = content
        self.createdAt = createdAt
    }

    /// The most mails that wait in the outbox.
    public static let maximumWaiting = 10_000
    /// The most mails that are kept after they were given up.
    public static let maximumDead = 10_000

    /// What a mail is about.
    ///
    /// Each has a template of the same name.
    public enum Kind: String, Sendable, CaseIterable {
        case welcome, approvalWanted, approved, declined, invited, verify, reset, passwordChanged,
            passwordReset, newDevice, emailChanged, apiKeyCreated, addressRejected, ownerChanged,
            test
    }
}

/// Writes mails that only this server can read again.
///
/// Shared by all threads.
public struct MailWriter: Sendable {
    private let keys: MailEncryptionKeys?
    /// Counts what recipients get.
    let throttle: Throttle

    /// A writer.
    ///
    /// - Parameters:
    ///   - keys: Nil where no transport is configured: then no mail is ever written.
    ///   - throttle: Says whether the budgets of recipients hold, and is told what they refuse.
    public init(keys: MailEncryptionKeys?, throttle: Throttle) {
        self.keys = keys
        self.throttle = throttle
    }

    /// Whether mails can be sent at all.
    public var isEnabled: Bool { keys != nil }

    /// A mail, ready for the outbox.
    ///
    /// - Parameters:
    ///   - kind: What it is about.
    ///   - recipient: Who gets it.
    ///   - accountID: Whose deletion takes it along.
    ///   - values: What its template names.
    ///   - time: Now.
    /// - Returns: Nil where no transport is configured, and for a notice to an address that nobody has
    ///   confirmed.
    /// - Throws: `unavailable` when OpenSSL fails.
    func mail(
        _ kind: Mail.Kind, to recipient: Recipient, of accountID: UUID?, _ values: [String: String],
        at time: Timestamp
    ) throws(AuthError) -> Mail? {
        guard isEnabled else { return nil }
        guard recipient.isConfirmed || !kind.needsConfirmedAddress else {
            throttle.mailRefusals.note(kind, of: recipient.accountID, .unconfirmed)
            return nil
        }
        let blank = Mail(
            id: .random(), kind: kind, recipient: recipient.email, accountID: nil, content: [],
            createdAt: time)
        return try refilled(blank, of: accountID, values)
    }

    /// A mail with other content.
    ///
    /// - Parameters:
    ///   - mail: Stays what it is otherwise.
    ///   - accountID: Whose deletion takes it along from now on.
    ///   - values: What its template names.
    /// - Returns: Nil where no transport is configured.
    /// - Throws: `unavailable` when OpenSSL fails.
    func refilled(
        _ mail: Mail, of accountID: UUID?, _ values: [String: String]
    ) throws(AuthError) -> Mail? {
        guard let keys else { return nil }
        let content = try keys.seal(
            MailContent.encode(values), context: Self.context(mail.id, mail.kind, mail.recipient))
        return Mail(
            id: mail.id, kind: mail.kind, recipient: mail.recipient, accountID: accountID,
            content: content, createdAt: mail.createdAt)
    }

    /// A mail with the same content, sealed with the current key.
    ///
    /// - Returns: Nil when no present key opens it.
    /// - Throws: `unavailable` when OpenSSL fails.
    func resealed(_ mail: Mail) throws(AuthError) -> Mail? {
        let context = Self.context(mail.id, mail.kind, mail.recipient)
        guard let keys, let content = try keys.open(mail.content, context: context) else {
            return nil
        }
        return Mail(
            id: mail.id, kind: mail.kind, recipient: mail.recipient, accountID: mail.accountID,
            content: try keys.seal(content, context: context), createdAt: mail.createdAt)
    }

    /// What a mail's template is filled with.
    ///
    /// - Returns: Nil when no present key opens it: the secret was replaced too long ago, or the row
    ///   is not as this server wrote it.
    /// - Throws: `unavailable` when OpenSSL fails.
    public func values(of mail: Mail) throws(AuthError) -> [String: String]? {
        try keys?.open(mail.content, context: Self.context(mail.id, mail.kind, mail.recipient))
            .flatMap(MailContent.decode)
    }

    /// Binds the content to its row: a link cannot be readdressed by whoever writes to the database.
    private static func context(_ id: UUID, _ kind: Mail.Kind, _ recipient: Email) -> [UInt8] {
        id.octets + Array("\(kind.rawValue) \(recipient.address)".utf8)
    }
}

/// Names and values, each ended by NUL, which none of them holds.
enum MailContent {
    static func encode(_ values: [String: String]) -> [UInt8] {
        values.sorted { $0.key < $1.key }.flatMap { name, value in
            [UInt8](name.utf8.filter { $0 != 0 }) + [0] + value.utf8.filter { $0 != 0 } + [0]
        }
    }

    static func decode(_ bytes: [UInt8]) -> [String: String]? {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count.isMultiple(of: 2) else { return nil }
        var values: [String: String] = [:]
        for index in stride(from: 0, to: parts.count, by: 2) {
            values[parts[index]] = parts[index + 1]
        }
        return values
    }
}
