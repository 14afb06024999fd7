/// First-run setup.
///
/// Confined to one thread.
public struct SetupService: Service {
    let context: AuthContext
}
