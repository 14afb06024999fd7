public import Auth

/// The people of the tests, one for each role and status.
public enum Person: String, Sendable, CaseIterable {
    case owner, admin, member, customer, pending, disabled

    /// Their common password.
    public static let password = "correct horse battery"

    /// Their email address.
    public var email: String { "\(rawValue)@example.org" }

    /// The role of the account.
    public var role: Account.Role {
        switch self {
        case .owner: .owner
        case .admin: .admin
        case .member, .pending: .member
        case .customer, .disabled: .user
        }
    }

    /// The status of the account.
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
