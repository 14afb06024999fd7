/// What the holder of an account does with it.
///
/// Confined to one thread.
public struct AccountService: Service {
    let context: AuthContext
}
