/// Passkeys (WebAuthn Level 3): adding them, and signing in with them.
///
/// Confined to one thread.
public struct PasskeyService: Service {
    let context: AuthContext

    /// Whether passkeys can be used on this site.
    public var availability: PasskeyAvailability { context.passkeyAvailability }
}
