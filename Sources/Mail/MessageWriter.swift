import Bytes

/// Turns orders into mails.
public struct MessageWriter: Sendable {
    /// Longer subjects are cut: no reader shows more, and some servers take offence.
    private static let maximumSubjectScalars = 200
    /// From 1970 to the end of the year 9999.
    private static let times: ClosedRange<Int64> = 0...253_402_300_799_999

    private let templates: MailTemplates
    private let from: Mailbox
    private let replyTo: Mailbox?
    private let website: String
    private let host: String

    /// Checks the configuration of the mails themselves, and reads the templates.
    ///
    /// - Throws: `.configuration`, `.unreadable` and `.template`.
    public init(_ configuration: MailerConfiguration) throws(MailError) {
        from = try Mailbox(configuration.from, member: "from")
        if let sender = configuration.replyTo {
            replyTo = try Mailbox(sender, member: "replyTo")
        } else {
            replyTo = nil
        }
        guard let host = Website.host(of: configuration.website) else {
            throw .configuration(member: "website", reason: "is no http(s) origin")
        }
        self.host = host
        website = configuration.website
        if let directory = configuration.templates, !directory.hasPrefix("/") {
            throw .configuration(member: "templates", reason: "is no absolute path")
        }
        templates = try MailTemplates(overriddenIn: configuration.templates)
    }

    /// Whether a text has the 36 characters of a UUID (RFC 9562 §4).
    private static func isUUID(_ text: String) -> Bool {
        let hyphens: Set = [8, 13, 18, 23]
        return text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                hyphens.contains(index)
                    ? byte == UInt8(ascii: "-") : byte.hexadecimalDigit != nil
            }
    }

    /// Writes the mail of an order.
    ///
    /// - Throws: `.order` when it lacks something or cannot be addressed: no other attempt helps.
    public func write(_ order: MailOrder) throws(MailError) -> Message {
        guard Self.isUUID(order.id) else {
            throw .order(reason: "the id is no UUID")
        }
        guard let recipient = MailAddress(order.recipient) else {
            throw .order(reason: "the recipient is no email address")
        }
        guard Self.times.contains(order.createdAt) else {
            throw .order(reason: "the time is out of range")
        }
        let missing = order.kind.requiredValues.filter { order.values[$0]?.isEmpty != false }
        guard missing.isEmpty else {
            throw .order(reason: "without \(missing.sorted().joined(separator: ", "))")
        }
        guard let site = order.site.values else {
            throw .order(reason: "the colour of the site is not #rrggbb")
        }
        let given = site.merging(["recipient": recipient.text, "website": website]) { $1 }
        let mail = templates.render(
            order.kind, in: order.language, order.values.merging(given) { $1 })
        return Message(
            id: order.id, from: from, replyTo: replyTo, recipient: recipient.text,
            subject: mail.subject.cut(toScalars: Self.maximumSubjectScalars), text: mail.text,
            html: mail.html, createdAt: order.createdAt, host: host)
    }
}
