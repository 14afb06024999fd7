/// The second step of a sign-in, as sent.
public struct SecondStep: Sendable {
    /// The text that names the challenge; absent in a form, whose cookie says it.
    public var challenge = TextInput.absent
    /// What it is proven with: the name of a `SignInMethod`.
    public var method = TextInput.absent
    /// The code of an authenticator app or for recovery.
    public var code = TextInput.absent
    /// The response of a passkey.
    public var credential = PasskeyInput.absent
    /// Whether the browser is to be trusted from then on.
    public var trusts = false
    /// Inputs that were not understood at all.
    public var objections: [InvalidInput] = []

    /// A step without inputs.
    public init() {}
}
