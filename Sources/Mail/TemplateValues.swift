/// The values that a template may show.
public struct TemplateValues: Sendable, Equatable {
    /// Those that there always are.
    public let required: Set<String>
    /// Those that may be absent.
    public let optional: Set<String>

    /// Those that the mailer itself knows, of the order and the configuration; for every template.
    ///
    /// `accent` is the colour of the site, and `onAccent` that of text on it; `support` says where people
    /// get help, and `supportLink` is the target of a link there.
    public static let given = TemplateValues(
        required: ["recipient", "website", "siteName", "accent", "onAccent"],
        optional: ["support", "supportLink"])

    /// Those of a kind of mail, the given ones included.
    public static func values(of kind: MailKind) -> TemplateValues {
        TemplateValues(
            required: given.required.union(kind.requiredValues),
            optional: given.optional.union(kind.optionalValues))
    }

    /// Those of a template in a format: a page also repeats the subject of the mail.
    func including(_ format: Template.Format) -> TemplateValues {
        switch format {
        case .plain: self
        case .html: TemplateValues(required: required.union(["subject"]), optional: optional)
        }
    }
}
