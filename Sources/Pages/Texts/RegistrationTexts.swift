import Auth

/// What the pages say that open an account.
protocol RegistrationTexts {
    var createYourAccount: String { get }
    /// An administrator reviews the account before it can be used.
    var reviewedFirst: String { get }
    var nameVisibleToMembers: String { get }
    var createAccountButton: String { get }
    var signInInstead: String { get }
    var accountNotCreated: String { get }

    // MARK: Invitations
    /// Who invites, as what, and until when.
    func invited(
        by name: String?, as role: Account.Role, on tier: Account.Tier, until time: HTML
    ) -> HTML
    var invitedEmailHint: String { get }
    func invitedAnotherEmail(_ email: String) -> String
    func title(of state: Invite.State) -> String
    func advice(for state: Invite.State) -> String
    /// For an invitation of which nothing is known.
    var unknownInvitation: String { get }
    var unknownInvitationAdvice: String { get }
    var registerWithoutInvitation: String { get }

    // MARK: An account that waits
    var accountWaitsLead: String { get }
    func confirmEmailFirst(_ email: String) -> String
}
