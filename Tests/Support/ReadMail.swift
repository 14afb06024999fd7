public import Auth

/// A mail as its recipient reads it.
public struct ReadMail: Sendable, Equatable {
    /// The kind of mail.
    public let kind: Mail.Kind
    /// The address it goes to.
    public let to: String
    /// The language it is written in.
    public let language: Language
    /// The values of its template.
    public let values: [String: String]

    /// A mail of the outbox with its decrypted content.
    init(_ mail: Mail, _ content: MailContent) {
        kind = mail.kind
        to = mail.recipient.address
        language = content.language
        values = content.values
    }
}
