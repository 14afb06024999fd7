/// Moves accounts and invitations out of a server and into it.
///
/// Confined to one thread.
public struct TransferService: Service {
    let context: AuthContext
}
