/// Signing in and out, and who sends a request.
///
/// Confined to one thread.
public struct SignInService: Service {
    let context: AuthContext
}
