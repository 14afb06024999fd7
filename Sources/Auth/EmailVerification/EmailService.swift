/// Confirming, disowning and changing the address of an account.
///
/// Confined to one thread.
public struct EmailService: Service {
    let context: AuthContext
}
