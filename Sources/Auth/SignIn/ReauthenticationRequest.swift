/// A proof that the holder of a session is still present, as sent.
public struct ReauthenticationRequest: Sendable {
    /// What it is proven with: the name of a `SignInMethod`.
    public var method = TextInput.absent
    /// The password; with a recovery code, too.
    public var password = TextInput.absent
    /// The code of an authenticator app or for recovery.
    public var code = TextInput.absent
    /// The response of a passkey.
    public var credential = PasskeyInput.absent

    /// A request without inputs.
    public init() {}
}
