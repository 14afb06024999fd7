/// A language in which pages and mails are written.
public enum Language: String, Sendable, CaseIterable {
    /// English.
    case en
    /// German.
    case de
}
