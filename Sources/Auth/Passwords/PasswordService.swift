/// Changing a password, and resetting a forgotten one.
///
/// Confined to one thread.
public struct PasswordService: Service {
    let context: AuthContext
}
