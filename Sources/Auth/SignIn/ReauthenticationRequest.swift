/// A proof that the holder of a session is still present, as sent.
public struct ReauthenticationRequest: Sendable {
    /// What it is proven with: the name of a `SignInMethod`.
    public var method: TextInput
    /// The password; with a recovery code, too.
    public var password: TextInput
    /// The code of an authenticator app or for recovery.
    public var code: TextInput
    /// The response of a passkey.
    public var credential: PasskeyInput

    /// A request; what is left out is absent.
    public init(
        method: TextInput = .absent, password: TextInput = .absent, code: TextInput = .absent,
        credential: PasskeyInput = .absent
    ) {
        self.method = method
        self.password = password
        self.code = code
        self.credential = credential
    }
}
