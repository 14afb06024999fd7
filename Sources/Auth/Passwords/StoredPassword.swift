public import Crypto
public import ForeignPasswords

/// What the password of an account is checked against.
public enum StoredPassword: Sendable, Equatable {
    /// A hash that lunauth made.
    case own(PasswordHash)
    /// A hash that came with an account from another system, until its next sign-in.
    case foreign(ForeignHash)

    /// The name of its form, as `bcrypt`: all of it that is ever shown.
    public var form: String {
        switch self {
        case .own: "pbkdf2-sha256"
        case .foreign(let hash): hash.form
        }
    }

    /// The hash that lunauth made; nil for a foreign one.
    public var own: PasswordHash? {
        guard case .own(let hash) = self else { return nil }
        return hash
    }
}
