/// What an account is proven with besides its password: authenticator app, recovery codes, trusted browsers.
///
/// Confined to one thread.
public struct FactorService: Service {
    let context: AuthContext
}
