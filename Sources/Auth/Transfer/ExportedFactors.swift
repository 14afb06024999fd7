/// What an export of accounts says of their second factors, as it is recorded.
public enum ExportedFactors: String, Sendable, CaseIterable {
    /// Nothing: over HTTP.
    case none
    /// Their kinds and names; they come back as to enrol again.
    case names
    /// Their secrets, too.
    case secrets
}
