import Auth

extension English: EventDetailTexts {
    func label(of name: EventChange.Name, in kind: EventKind) -> String {
        switch name {
        case .email: email
        case .name: nameOfPerson
        case .role: role
        case .tier: plan
        case .status: status
        case .confirmed: confirmed
        case .outcome: "Result"
        case .owner: "Owner"
        case .method: "Tried with"
        case .methods: "Signed in with"
        case .limit: "Why"
        case .until: "Until"
        case .reason: "Reason"
        case .kept: "Remaining session"
        case .browser: "Browser"
        case .time: kind == .backupRestored ? "Backup of" : "Time"
        case .password: password
        case .factor: "Sign-in method"
        case .factors: "Second factors"
        case .passkeys: "Passkeys"
        case .recoveryCodes: recoveryCodes
        case .left: "Codes left"
        case .prefix: "Begins with"
        case .scopes: scopesOfKey
        case .expires, .expiresAt: invitationValidUntil
        case .links: "Links ended"
        case .invitations: "Invitations ended"
        case .maxUses: invitationMaximumUses
        case .uses: invitationUsed
        case .paused: "Paused"
        case .revoked: "Revoked"
        case .expired: "Expired"
        case .nativeSignin: allowSignIn
        case .register: allowRegistration
        case .signup: allowSignup
        case .approval: requireApproval
        case .requireEmailVerification: requireConfirmation
        case .siteName: siteNameLabel
        case .siteAccent: siteAccentLabel
        case .siteSupport: siteSupportLabel
        case .databaseName: databaseNameLabel
        case .migrationType: migrationLabel
        case .retentionPeriod: retentionLabel
        case .websiteURL: websiteLabel
        case .count: count(in: kind)
        case .mail: "Kind"
        case .first: "Kept from event"
        }
    }

    private func count(in kind: EventKind) -> String {
        switch kind {
        case .loginFailed, .loginLocked: "Attempts"
        case .trustEnded: "Browsers"
        case .recoveryCodesReplaced: "Codes"
        case .mailRetried: "Emails"
        default: "Number"
        }
    }

    func detail(_ label: String, from old: HTML?, to new: HTML?) -> HTML {
        html {
            "\(label): "
            switch (old, new) {
            case (let old?, let new?):
                "from "
                old
                " to "
                new
            case (let old?, nil):
                "no longer "
                old
            case (nil, let new?): new
            case (nil, nil): "–"
            }
        }
    }

    func detail(_ label: String, between first: HTML, and last: HTML) -> HTML {
        detail(label, from: first, to: last)
    }

    func answer(_ isSo: Bool) -> String { isSo ? "yes" : "no" }
    func state(isOn: Bool) -> String { isOn ? "on" : "off" }

    func name(of method: SignInMethod) -> String {
        switch method {
        case .password: password
        case .totp: authenticatorApp
        case .recovery: "Recovery code"
        case .passkey: "Passkey"
        }
    }

    func name(of factors: ExportedFactors) -> String {
        switch factors {
        case .none: "left out"
        case .names: "named only"
        case .secrets: "with their secrets"
        }
    }

    func name(of outcome: EmailRejection.Outcome) -> String {
        switch outcome {
        case .removed: "account deleted"
        case .disabled: "account disabled"
        case .reported: "reported to the operator"
        }
    }
}
