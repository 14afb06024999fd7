/// Confirms, rejects and changes the email address of an account.
///
/// Confined to one thread.
public struct EmailService: Service {
    let context: AuthContext
}
