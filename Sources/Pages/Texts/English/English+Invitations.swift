extension English: InvitationTexts {
    var invitationsLead: String { "Invited people join without approval." }

    var invitationCreated: String { "Invitation created" }
    func sendInvitation(uses: Int, until time: HTML) -> HTML {
        html {
            uses == 1
                ? "Send this link to the person you invite. It can be used once, expires "
                : "Send this link to the people you invite. It can be used \(number(uses)) times, expires "
            time
            " and is not shown again."
        }
    }
    func invitationMailed(_ email: String) -> String { "We also emailed it to \(email)." }
    var copyInvitationLink: String { "Copy link" }
    var copyInvitationCode: String { "Copy code" }
    var invitationCreatedBefore: String { "This form already created an invitation" }
    func invitationCreatedBeforeAdvice(_ time: HTML) -> HTML {
        html {
            "It was created "
            time
            ". Its link is shown only once: if it is lost, revoke the invitation and create another."
        }
    }
    var invitationPaused: String { "The invitation is paused. Its link works again when resumed." }
    var invitationResumed: String { "The invitation works again." }
    var invitationRevoked: String {
        "The invitation was revoked. Accounts that were created with it stay."
    }

    var invitePerson: String { "Invite someone" }
    var inviteEmailHint: String {
        "If given, we email the link, and only this address can use it."
    }
    var inviteEmailHintWithoutMail: String { "If given, only this address can use the link." }
    var invitationMaximumUses: String { "Number of uses" }
    var invitationValidFor: String { "Valid for" }
    var createInvitation: String { "Create invitation" }

    var allInvitations: String { "All invitations" }
    var noInvitations: String { "No invitations. Those that you create appear here." }
    var invitationFor: String { "For" }
    var anyoneWithInvitation: String { "Anyone with the link" }
    func invitationMade(by name: String) -> String { "by \(name)" }
    var invitationMadeByCommandLine: String { "by the command line or a deleted account" }
    var roleAndPlan: String { "Role, plan" }
    var invitationUsed: String { "Used" }
    func invitationUses(_ uses: Int, of maximum: Int) -> String {
        "\(number(uses)) of \(number(maximum))"
    }
    var invitationValidUntil: String { "Valid until" }
    var invitationOpen: String { "Open" }
    var invitationIsPaused: String { "Paused" }
    var invitationExpired: String { "Expired" }
    var invitationUsedUp: String { "Used" }
    var pauseInvitation: String { "Pause" }
    var resumeInvitation: String { "Resume" }
    func invitationOf(_ email: String) -> String { "invitation for \(email)" }
    var invitationForAnyone: String { "invitation for anyone with the link" }
}
