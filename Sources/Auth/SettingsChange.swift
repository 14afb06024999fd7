/// Settings to change; what is nil keeps its value.
public struct SettingsChange: Sendable, Equatable {
    /// Whether anybody but owner and administrators may sign in with a password.
    public var nativeSignin: Bool?
    /// Whether people may open accounts at all.
    public var register: Bool?
    /// Whether customers may open accounts.
    public var signup: Bool?
    /// Whether somebody who registers waits for approval.
    public var approval: Bool?
    /// Whether addresses have to be confirmed.
    public var requireEmailVerification: Bool?

    /// A change of nothing.
    public init() {}

    func apply(to settings: Settings) -> Settings {
        var changed = settings
        changed.nativeSignin = nativeSignin ?? settings.nativeSignin
        changed.register = register ?? settings.register
        changed.signup = signup ?? settings.signup
        changed.approval = approval ?? settings.approval
        changed.requireEmailVerification =
            requireEmailVerification ?? settings.requireEmailVerification
        return changed
    }
}

extension AuthService {
    /// Switches settings; holds for the next request of every thread.
    ///
    /// - Returns: The settings as they are now.
    /// - Throws: `forbidden` unless the caller administers, `unauthenticated` when the account was
    ///   closed meanwhile; `unavailable`.
    public func change(
        _ change: SettingsChange, by caller: Caller
    ) throws(AuthError) -> Settings {
        guard caller.account.role.administers else { throw .forbidden(.notAdministrator) }
        guard change.requireEmailVerification != true || mail.isEnabled else {
            throw .invalidInput([
                InvalidInput(
                    "requireEmailVerification", "needs a mail.transport in the configuration")
            ])
        }
        let (old, new) = try store.write { transaction throws(AuthError) in
            _ = try Authority.of(.caller(caller), in: transaction)
            // Read inside the transaction: two changes of different members both count.
            let old = try transaction.settings()
            let new = change.apply(to: old)
            try transaction.save(new)
            return (old, new)
        }
        note(old, became: new, by: caller.author)
        return new
    }
}
