/// Creating accounts: as a customer, as a member, with an invite.
///
/// Confined to one thread.
public struct RegistrationService: Service {
    let context: AuthContext
}
