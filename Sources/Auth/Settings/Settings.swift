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

    /// Whether somebody other than owner and administrators has to confirm their address before
    /// they may do anything.
    public var requireEmailVerification = false

    /// The settings of a new server: everybody may come, nobody has to confirm an address.
    public init() {}
}
