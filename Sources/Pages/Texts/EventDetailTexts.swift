import Auth

/// What the pages say of changes that the sentence about an event does not.
protocol EventDetailTexts {
    /// What a value is: a word before its colon.
    func label(of name: EventChange.Name, in kind: EventKind) -> String
    /// A label with the value before and after; with one of them where there is no other, or where it does
    /// not matter.
    func detail(_ label: String, from old: HTML?, to new: HTML?) -> HTML
    /// A label with the first and the last time.
    func detail(_ label: String, between first: HTML, and last: HTML) -> HTML

    /// Whether something is so.
    func answer(_ isSo: Bool) -> String
    /// Whether a setting is on.
    func state(isOn: Bool) -> String
    func name(of method: SignInMethod) -> String
    /// What an export of accounts had of their second factors.
    func name(of factors: ExportedFactors) -> String
    /// What became of an account that the reader of its email rejected.
    func name(of outcome: EmailRejection.Outcome) -> String
}
