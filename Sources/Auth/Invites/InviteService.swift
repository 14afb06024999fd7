/// Invites.
///
/// Confined to one thread.
public struct InviteService: Service {
    let context: AuthContext
}
