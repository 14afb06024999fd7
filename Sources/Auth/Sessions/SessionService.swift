/// The sessions of an account.
///
/// Confined to one thread.
public struct SessionService: Service {
    let context: AuthContext
}
