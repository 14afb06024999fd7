/// Verbs of people for their own accounts.
///
/// Confined to one thread.
public struct AccountService: Service {
    let context: AuthContext
}
