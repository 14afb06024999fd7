import Auth

extension English: EventTexts {
    func sentence(_ facts: EventFacts) -> HTML {
        switch facts.kind {
        case .sessionCreated: HTML(signedIn(by: facts.methods ?? []))
        case .sessionEnded: "Session ended".html
        case .sessionsEnded: HTML(sessionsEnded(facts.count))
        case .loginFailed: HTML(signInFailed(facts.count ?? 1))
        case .loginLocked: "Sign-in limited after too many failures".html
        case .passwordChanged: "Password changed".html
        case .passwordReset: "Password set without the old one".html
        case .passwordRemoved: "Password removed".html
        case .emailChanged: changed("Email", from: facts.before(.email), to: facts.after(.email))
        case .emailConfirmed: done("confirmed", to: "Email", named: facts.after(.email))
        case .emailRejected: "Account rejected by the reader of its email".html
        case .factorAdded: done("added", to: word(for: facts.factor), named: facts.name)
        case .factorRemoved: done("removed", to: word(for: facts.factor), named: facts.name)
        case .factorsReset: "All second factors removed".html
        case .recoveryCodeUsed: "Recovery code used up".html
        case .recoveryCodesReplaced: "Recovery codes replaced".html
        case .trustGiven: "Browser trusted at sign-in".html
        case .trustEnded: "Trust in browsers ended".html
        case .apiKeyCreated: done("created", to: "API key", named: facts.name)
        case .apiKeyRevoked: done("revoked", to: "API key", named: facts.name)
        case .userCreated: "Account created".html
        case .userApproved: "Account approved".html
        case .userDeclined: "Account declined".html
        case .userRoleChanged:
            changed("Role", from: role(facts.before(.role)), to: role(facts.after(.role)))
        case .userTierChanged:
            changed("Plan", from: tier(facts.before(.tier)), to: tier(facts.after(.tier)))
        case .userDisabled: "Account disabled".html
        case .userEnabled: "Account enabled".html
        case .userRenamed: changed("Name", from: facts.before(.name), to: facts.after(.name))
        case .userDeleted: "Account deleted".html
        case .userUnlocked: "Account unlocked".html
        case .ownershipTransferred: "Site handed over to another owner".html
        case .inviteCreated: "Invitation created".html
        case .inviteChanged: "Invitation revoked, paused or resumed".html
        case .inviteRedeemed: "Account created with an invitation".html
        case .settingsChanged: "Settings changed".html
        case .mailDropped: "Waiting email dropped".html
        case .mailRetried: "Failed email tried again".html
        case .accountExported: "Data of the account exported".html
        case .setupCompleted: "Server set up".html
        case .secretRotated: "Secret key replaced".html
        case .auditKeyRotated: "Keys of the audit record replaced".html
        case .auditPurged: HTML(eventsPurged(facts.count))
        case .backupRestored: "Database restored from a backup".html
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
