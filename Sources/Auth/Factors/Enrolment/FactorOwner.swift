/// Who adds a factor.
public enum FactorOwner: Sendable {
    /// The holder of a session.
    case caller(Caller)
    /// A client whose sign-in waits, because the server requires a factor that the account does not have.
    case pending(challenge: TextInput, SignInClient)
}
