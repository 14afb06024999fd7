/// Opening an account: as a customer, as a member, with an invitation.
///
/// Confined to one thread.
public struct RegistrationService: Service {
    let context: AuthContext
}
