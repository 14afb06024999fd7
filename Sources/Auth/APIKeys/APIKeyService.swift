/// The API keys of an account.
///
/// Confined to one thread.
public struct APIKeyService: Service {
    let context: AuthContext
}
