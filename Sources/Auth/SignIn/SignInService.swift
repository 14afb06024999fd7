/// Sign-in, sign-out and authentication.
///
/// Confined to one thread.
public struct SignInService: Service {
    let context: AuthContext
}
