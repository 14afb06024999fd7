/// The mails that wait to be sent.
///
/// Confined to one thread.
public struct OutboxService: Service {
    let context: AuthContext
}
