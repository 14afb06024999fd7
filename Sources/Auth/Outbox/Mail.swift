public import Crypto

/// A mail in the outbox.
///
/// It is queued by the transaction that made it necessary, so that neither exists without the other.
public struct Mail: Sendable, Equatable {
    /// Stays the same for every delivery attempt; becomes the Message-ID.
    public let id: UUID
    /// The kind of mail, which determines its template.
    public let kind: Kind
    /// The address it is sent to.
    public let recipient: Email
    /// The account whose deletion also deletes the mail while it waits.
    public let accountID: UUID?
    /// The values of the template, encrypted: links in them are credentials.
    public let content: [UInt8]
    /// When it was created.
    public let createdAt: Timestamp

    /// Creates a mail from its parts.
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

    /// The kind of a mail.
    ///
    /// Each has a template of the same name.
    public enum Kind: String, Sendable, CaseIterable {
        case welcome, approvalWanted, approved, declined, invited, verify, reset, passwordChanged,
            passwordReset, newDevice, emailChanged, apiKeyCreated, addressRejected, ownerChanged,
            factorAdded, factorRemoved, recoveryCodeUsed, recoveryCodesReplaced, factorsReset,
            passwordless, test
    }
}

/// Creates mails whose content only this server can decrypt.
///
/// Shared by all threads.
public struct MailWriter: Sendable {
    private let keys: MailEncryptionKeys?
    /// Holds the limits on mails per recipient.
    let throttle: Throttle

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - keys: The encryption keys; nil without a configured transport, when no mail is ever created.
    ///   - throttle: Says whether the limits of recipients are enabled, and records refusals.
    public init(keys: MailEncryptionKeys?, throttle: Throttle) {
        self.keys = keys
        self.throttle = throttle
    }

    /// Whether mails can be sent at all.
    public var isEnabled: Bool { keys != nil }

    /// Creates a mail for the outbox.
    ///
    /// - Parameters:
    ///   - kind: The kind of mail.
    ///   - recipient: The recipient.
    ///   - accountID: The account whose deletion also deletes the mail.
    ///   - values: The values of the template, in the language of the recipient.
    ///   - time: Now.
    /// - Returns: The mail; nil without a configured transport, and for a notice to an unconfirmed
    ///   address.
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
        let content = MailContent(language: recipient.language, values: values)
        return try refilled(blank, of: accountID, content)
    }

    /// The same mail with other content.
    ///
    /// - Parameters:
    ///   - mail: The mail, which is otherwise unchanged.
    ///   - accountID: The account whose deletion also deletes the mail from now on.
    ///   - content: What it says.
    /// - Returns: The mail; nil without a configured transport.
    /// - Throws: `unavailable` when OpenSSL fails.
    func refilled(
        _ mail: Mail, of accountID: UUID?, _ content: MailContent
    ) throws(AuthError) -> Mail? {
        guard let keys else { return nil }
        let sealed = try keys.seal(
            content.encoded, context: Self.context(mail.id, mail.kind, mail.recipient))
        return Mail(
            id: mail.id, kind: mail.kind, recipient: mail.recipient, accountID: accountID,
            content: sealed, createdAt: mail.createdAt)
    }

    /// The same mail, its content encrypted with the current key.
    ///
    /// - Returns: The mail; nil when no present key decrypts it.
    /// - Throws: `unavailable` when OpenSSL fails.
    public func resealed(_ mail: Mail) throws(AuthError) -> Mail? {
        let context = Self.context(mail.id, mail.kind, mail.recipient)
        guard let keys, let content = try keys.open(mail.content, context: context) else {
            return nil
        }
        return Mail(
            id: mail.id, kind: mail.kind, recipient: mail.recipient, accountID: mail.accountID,
            content: try keys.seal(content, context: context), createdAt: mail.createdAt)
    }

    /// Decrypts what a mail says.
    ///
    /// - Returns: The content; nil when no present key decrypts them: the secret was replaced too long
    ///   ago, or the row was altered.
    /// - Throws: `unavailable` when OpenSSL fails.
    public func content(of mail: Mail) throws(AuthError) -> MailContent? {
        try keys?.open(mail.content, context: Self.context(mail.id, mail.kind, mail.recipient))
            .flatMap(MailContent.init(encoded:))
    }

    /// Binds the content to its row, so that write access to the database does not suffice to readdress a link.
    private static func context(_ id: UUID, _ kind: Mail.Kind, _ recipient: Email) -> [UInt8] {
        id.octets + Array("\(kind.rawValue) \(recipient.address)".utf8)
    }
}
