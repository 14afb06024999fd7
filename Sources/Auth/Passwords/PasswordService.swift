/// Changes passwords, and resets forgotten ones.
///
/// Confined to one thread.
public struct PasswordService: Service {
    let context: AuthContext
}
