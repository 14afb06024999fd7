/// What an administrator may switch while the server runs.
public struct Settings: Sendable, Equatable {
    /// Whether anybody but owner and administrators may sign in with a password, or open an account.
    public var nativeSignin = true
    /// Whether people may open accounts at all.
    public var register = true
    /// Whether customers may open accounts.
    public var signup = true
    /// Whether somebody who registers waits for approval.
    public var approval = true

    /// The settings of a new server: everything on.
    public init() {}
}
