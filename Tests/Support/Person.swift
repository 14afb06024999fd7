public import Auth

/// Everybody who appears in the tests, one for each way an account can stand.
public enum Person: String, Sendable, CaseIterable {
    case owner, admin, member, customer, pending, disabled

    /// What all of them sign in with.
    public static let password = "correct horse battery"

    /// Where they are written to.
    public var email: String { "\(rawValue)@example.org" }

    /// What the account may do.
    public var role: Account.Role {
        switch self {
        case .owner: .owner
        case .admin: .admin
        case .member, .pending: .member
        case .customer, .disabled: .user
        }
    }

    /// Whether the account may be used.
    public var status: Account.Status {
        switch self {
        case .owner, .admin, .member, .customer: .active
        case .pending: .pending
        case .disabled: .disabled
        }
    }
}

/// The two credentials of one live session.
public struct Credentials: Sendable {
    /// The session.
    public let session: Session
    /// The value of its cookie.
    public let cookie: String
    /// Its JWT.
    public let token: String
}
