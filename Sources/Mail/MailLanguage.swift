/// A language that every mail is written in; its raw value is in the names of templates.
public enum MailLanguage: String, CaseIterable, Sendable {
    /// English.
    case en
    /// German.
    case de
}
