/// What administrators and the command line do with accounts.
///
/// Confined to one thread.
public struct AdministrationService: Service {
    let context: AuthContext
}
