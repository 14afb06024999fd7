public import JSON

/// One mail to be sent to one person: a frame to the mailer.
public struct MailOrder: Sendable, Equatable {
    /// The text of a UUID: the same for every attempt, so that a mail that arrives twice can be
    /// recognised.
    public var id: String
    /// What it is about.
    public var kind: MailKind
    /// The language it is written in.
    public var language: MailLanguage
    /// What the site looks like.
    public var site: MailSite
    /// The address it goes to.
    public var recipient: String
    /// What the templates of its kind say: `MailKind.requiredValues` and `optionalValues`.
    public var values: [String: String]
    /// When it was asked for: milliseconds since 1970, UTC.
    public var createdAt: Int64

    /// An order.
    ///
    /// - Parameters:
    ///   - id: The text of a UUID.
    ///   - kind: What it is about.
    ///   - language: The language it is written in.
    ///   - site: What the site looks like.
    ///   - recipient: The address it goes to.
    ///   - values: What the templates of its kind say.
    ///   - createdAt: When it was asked for: milliseconds since 1970, UTC.
    public init(
        id: String, kind: MailKind, language: MailLanguage, site: MailSite, recipient: String,
        values: [String: String], createdAt: Int64
    ) {
        self.id = id
        self.kind = kind
        self.language = language
        self.site = site
        self.recipient = recipient
        self.values = values
        self.createdAt = createdAt
    }
}

extension MailOrder: FrameContent {
    /// Reads an order.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            id: try members.text("id"), kind: try members.choice("kind"),
            language: try members.choice("language"), site: try members.value("site"),
            recipient: try members.text("recipient"), values: try members.texts("values"),
            createdAt: try members.integer("createdAt"))
    }

    /// The order as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(id))
        object.add("kind", .string(kind.rawValue))
        object.add("language", .string(language.rawValue))
        object.add("site", site.json)
        object.add("recipient", .string(recipient))
        object.add("values", .object(values.mapValues(JSONValue.string)))
        object.add("createdAt", .integer(createdAt))
        return object
    }
}
