/// What the page of the invitations says to administrators.
protocol InvitationTexts {
    var invitationsLead: String { get }

    // MARK: Just done
    var invitationCreated: String { get }
    func sendInvitation(uses: Int, until time: HTML) -> HTML
    func invitationMailed(_ email: String) -> String
    var copyInvitationLink: String { get }
    var copyInvitationCode: String { get }
    var invitationCreatedBefore: String { get }
    func invitationCreatedBeforeAdvice(_ time: HTML) -> HTML
    var invitationPaused: String { get }
    var invitationResumed: String { get }
    var invitationRevoked: String { get }

    // MARK: The form
    var invitePerson: String { get }
    var inviteEmailHint: String { get }
    var inviteEmailHintWithoutMail: String { get }
    var invitationMaximumUses: String { get }
    var invitationValidFor: String { get }
    var createInvitation: String { get }

    // MARK: The list
    var allInvitations: String { get }
    var noInvitations: String { get }
    var invitationFor: String { get }
    var anyoneWithInvitation: String { get }
    func invitationMade(by name: String) -> String
    var invitationMadeByCommandLine: String { get }
    var roleAndPlan: String { get }
    var invitationUsed: String { get }
    func invitationUses(_ uses: Int, of maximum: Int) -> String
    var invitationValidUntil: String { get }
    var invitationOpen: String { get }
    var invitationIsPaused: String { get }
    var invitationExpired: String { get }
    var invitationUsedUp: String { get }
    var pauseInvitation: String { get }
    var resumeInvitation: String { get }
    /// What a button acts on, after its verb.
    func invitationOf(_ email: String) -> String
    var invitationForAnyone: String { get }
}
