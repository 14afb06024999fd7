/// Which accounts have to have a second factor.
///
/// An account that lacks one is led to enrol at its next sign-in; sessions that exist go on.
public enum FactorPolicy: String, Sendable, CaseIterable {
    /// Every account decides for itself.
    case none
    /// The owner and the administrators.
    case administrators
    /// All accounts.
    case everybody

    /// Whether an account with this role has to have one.
    public func requires(_ role: Account.Role) -> Bool {
        switch self {
        case .none: false
        case .administrators: role.administers
        case .everybody: true
        }
    }
}
