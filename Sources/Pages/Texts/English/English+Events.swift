import Auth

extension English: EventTexts {
    func name(of kind: EventKind) -> String {
        switch kind {
        case .sessionCreated: "Signed in"
        case .sessionEnded: "Session ended"
        case .sessionsEnded: "Sessions ended"
        case .loginFailed: "Sign-in failed"
        case .loginLocked: "Sign-in limited after too many failures"
        case .passwordChanged: "Password changed"
        case .passwordReset: "Password set without the old one"
        case .passwordRemoved: "Password removed"
        case .emailChanged: "Email changed"
        case .emailConfirmed: "Email confirmed"
        case .emailRejected: "Account rejected by the reader of its email"
        case .factorAdded: "Sign-in method added"
        case .factorRenamed: "Passkey renamed"
        case .factorRemoved: "Sign-in method removed"
        case .factorsReset: "All second factors removed"
        case .recoveryCodeUsed: "Recovery code used up"
        case .recoveryCodesReplaced: "Recovery codes replaced"
        case .trustGiven: "Browser trusted at sign-in"
        case .trustEnded: "Trust in browsers ended"
        case .apiKeyCreated: "API key created"
        case .apiKeyRevoked: "API keys revoked"
        case .userCreated: "Account created"
        case .userApproved: "Account approved"
        case .userDeclined: "Account declined"
        case .userRoleChanged: "Role changed"
        case .userTierChanged: "Plan changed"
        case .userDisabled: "Account disabled"
        case .userEnabled: "Account enabled"
        case .userRenamed: "Name changed"
        case .userDeleted: "Account deleted"
        case .userUnlocked: "Account unlocked"
        case .ownershipTransferred: "Site handed over to another owner"
        case .inviteCreated: "Invitation created"
        case .inviteChanged: "Invitation revoked, paused or resumed"
        case .inviteRedeemed: "Account created with an invitation"
        case .settingsChanged: "Settings changed"
        case .mailDropped: "Waiting email dropped"
        case .mailRetried: "Failed email tried again"
        case .accountExported: "Data of the account exported"
        case .accountsExported: "All accounts exported"
        case .setupCompleted: "Server set up"
        case .secretRotated: "Secret key replaced"
        case .auditKeyRotated: "Keys of the audit record replaced"
        case .auditPurged: "Old events deleted"
        case .backupRestored: "Database restored from a backup"
        }
    }

    func sentence(_ facts: EventFacts) -> HTML {
        switch facts.kind {
        case .sessionCreated: HTML(signedIn(by: facts.methods ?? []))
        case .sessionEnded: HTML(sessionEnded(facts.reason))
        case .sessionsEnded: HTML(sessionsEnded(facts.count) + because(facts.reason))
        case .loginFailed: HTML(signInFailed(facts.count ?? 1) + wrong(facts.method))
        case .emailChanged: changed("Email", from: facts.before(.email), to: facts.after(.email))
        case .emailConfirmed: done("confirmed", to: "Email", named: facts.after(.email))
        case .factorAdded: done("added", to: word(for: facts.factor), named: facts.name)
        case .factorRemoved: done("removed", to: word(for: facts.factor), named: facts.name)
        case .apiKeyCreated: done("created", to: "API key", named: facts.name)
        case .apiKeyRevoked where facts.name != nil:
            done("revoked", to: "API key", named: facts.name)
        case .apiKeyRevoked: HTML(keysRevoked(facts.before(.count).flatMap { Int($0) }))
        case .inviteChanged: HTML(invitationsBecame(facts.invitations, facts.count))
        case .userRoleChanged:
            changed("Role", from: role(facts.before(.role)), to: role(facts.after(.role)))
        case .userTierChanged:
            changed("Plan", from: tier(facts.before(.tier)), to: tier(facts.after(.tier)))
        case .factorRenamed:
            changed("Name of a passkey", from: facts.before(.name), to: facts.after(.name))
        case .userRenamed: changed("Name", from: facts.before(.name), to: facts.after(.name))
        case .auditPurged: HTML(eventsPurged(facts.count))
        default: HTML(name(of: facts.kind))
        }
    }

    func done(_ verb: String, to thing: String, named name: String?) -> HTML {
        html {
            thing
            if let name {
                " “"
                bdi(name)
                "”"
            }
            " \(verb)"
        }
    }

    func changed(_ thing: String, from old: String?, to new: String?) -> HTML {
        html {
            "\(thing) changed"
            if let old {
                " from "
                bdi(old)
            }
            if let new {
                " to "
                bdi(new)
            }
        }
    }

    private func signedIn(by methods: AuthenticationMethods) -> String {
        let hasPasskey = !methods.isDisjoint(with: [.hardwareKey, .softwareKey])
        return switch (methods.contains(.password), hasPasskey, methods.contains(.oneTimeCode)) {
        case (true, true, _): "Signed in with a password and a passkey"
        case (true, false, true): "Signed in with a password and a code"
        case (true, false, false): "Signed in with a password"
        case (false, true, _): "Signed in with a passkey"
        case (false, false, _): "Signed in"
        }
    }

    private func sessionEnded(_ reason: SessionEndReason?) -> String {
        reason == .signOut ? "Signed out" : "Session ended" + because(reason)
    }

    private func because(_ reason: SessionEndReason?) -> String {
        switch reason {
        case .signOut: " by signing out"
        case .replaced: " by another sign-in of the same browser"
        case .limit: ", because there were too many"
        case .newPassword: " by a new password"
        case .passwordRemoved: ", because the password was removed"
        case .factorsReset: ", because the second factors were removed"
        case .accountImported: " by an import"
        case .accountDisabled: ", because the account was disabled"
        case .secretReplaced: ", because the secret key was replaced"
        case .request, nil: ""
        }
    }

    private func wrong(_ method: SignInMethod?) -> String {
        switch method {
        case .password: ": wrong password"
        case .totp: ": wrong code of an authenticator app"
        case .recovery: ": wrong recovery code"
        case .passkey: ": wrong passkey"
        case nil: ""
        }
    }

    private func sessionsEnded(_ count: Int?) -> String {
        switch count {
        case nil: "Sessions ended"
        case 1: "1 session ended"
        case .some(let count): "\(number(count)) sessions ended"
        }
    }

    private func signInFailed(_ count: Int) -> String {
        count == 1 ? "Sign-in failed" : "Sign-in failed \(number(count)) times"
    }

    private func eventsPurged(_ count: Int?) -> String {
        switch count {
        case nil: "Old events deleted"
        case 1: "1 old event deleted"
        case .some(let count): "\(number(count)) old events deleted"
        }
    }

    private func keysRevoked(_ count: Int?) -> String {
        switch count {
        case nil: "API keys revoked"
        case 1: "1 API key revoked"
        case .some(let count): "\(number(count)) API keys revoked"
        }
    }

    private func invitationsBecame(_ state: EventFacts.InvitationState?, _ count: Int?) -> String {
        let invitations =
            switch count {
            case nil: "Invitation"
            case 1: "1 invitation"
            case .some(let count): "\(number(count)) invitations"
            }
        return switch state {
        case .paused: "\(invitations) paused"
        case .resumed: "\(invitations) resumed"
        case .revoked: "\(invitations) revoked"
        case .expired: "\(invitations) ended, because an API key was revoked"
        case nil: name(of: .inviteChanged)
        }
    }

    private func word(for factor: SignInMethod?) -> String {
        switch factor {
        case .passkey: "Passkey"
        case .totp: authenticatorApp
        case .password, .recovery, nil: "Sign-in method"
        }
    }

    var withMailedLink: String { "with a link from an email" }
    var withAPIKey: String { "with an API key" }
    var byAdministrator: String { "by an administrator" }
    var byOperator: String { "by the operator of this server" }
    var byServer: String { "by this server" }

    var holderOfLink: String { "Holder of a link from an email" }
    var apiKeyOf: String { "API key of" }
    func commandLine(of user: String) -> String { "Command line (\(user))" }
    var theServer: String { "This server" }
    var notSignedIn: String { "Not signed in" }
    var deletedAccount: String { "Deleted account" }
}
