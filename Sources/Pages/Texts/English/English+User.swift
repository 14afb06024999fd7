extension English: UserTexts {
    func done(_ change: UserChange) -> String {
        switch change {
        case .factors: factorsWereReset
        case .name: "The name was changed."
        case .rights: "Role and plan were saved. They take effect on the next request."
        case .disabled: "The account is disabled, and its sessions have ended."
        case .enabled: "The account is enabled. Its owner can sign in again."
        case .confirmed: "The email counts as confirmed."
        case .reset: "A link that sets a new password is on its way by email."
        case .unlocked: "The account is unlocked. Its password is accepted again."
        case .session: "The session has ended."
        case .sessions: "All sessions of the account have ended."
        case .key: "The API key was revoked. Programs can no longer use it."
        case .keys: "All API keys of the account were revoked."
        }
    }

    func notDone(_ form: UserForm) -> String {
        switch form {
        case .factors: "The second factors were not removed"
        case .name: "The name was not changed"
        case .rights: "Role and plan were not saved"
        case .status: "The account was neither disabled nor enabled"
        case .confirmation: "The email was not confirmed"
        case .reset: "No link was sent"
        case .unlock: "The account was not unlocked"
        case .sessions: "No session was ended"
        case .keys: "No API key was revoked"
        case .deletion: "The account was not deleted"
        case .decision: "The account was neither approved nor declined"
        }
    }

    var ownerAlone: String {
        "Only the owner of this site changes the owner's account and those of administrators."
    }

    var disableAccount: String { "Disable account" }
    var enableAccount: String { "Enable account" }
    var signInLimited: String { "Sign-in is temporarily limited" }

    func failedSignIns(_ count: Int, until time: HTML) -> HTML {
        html {
            count == 1 ? "1 failed sign-in counts" : "\(number(count)) failed sign-ins count"
            " now. Every browser can try again "
            time
            "."
        }
    }

    var unlockAccount: String { "Unlock account" }

    var approvedAt: String { "Approved" }
    var identifier: String { "Identifier" }
    var markEmailConfirmed: String { "Mark email as confirmed" }
    var changeName: String { "Change name" }
    var saveName: String { "Save name" }
    var rightsTitle: String { "Role and plan" }
    var rightsConsequence: String { "Changes take effect on the next request." }
    var roleIsFixed: String { "The role of this account cannot be changed here." }
    var saveRights: String { "Save role and plan" }

    var endAllSessions: String { "End all" }
    var noSessionsOfUser: String { "No sessions. Browsers and programs that sign in appear here." }
    var revokeAllKeys: String { "Revoke all" }
    var noKeysOfUser: String { "No API keys. Keys that this account creates appear here." }
    var invitationsOfUser: String { "Created by this account." }
    var noInvitationsOfUser: String {
        "No invitations. Those that this account creates appear here."
    }

    var deleteUserConsequence: String {
        "The account, its sessions and its keys are deleted immediately and cannot be restored. "
            + "Disable the account to keep them."
    }

    func typeToConfirm(_ email: String) -> String { "Type \(email) to confirm" }
}
