import Auth

extension German: EventDetailTexts {
    func label(of name: EventChange.Name, in kind: EventKind) -> String {
        switch name {
        case .email: email
        case .name: nameOfPerson
        case .role: role
        case .tier: plan
        case .status: status
        case .confirmed: confirmed
        case .outcome: "Folge"
        case .owner: "Inhaber"
        case .method: "Versucht mit"
        case .methods: "Angemeldet mit"
        case .limit, .reason: "Grund"
        case .until: "Bis"
        case .kept: "Verbleibende Sitzung"
        case .browser: "Browser"
        case .time: kind == .backupRestored ? "Sicherung von" : "Zeit"
        case .password: password
        case .factor: "Anmeldeweg"
        case .factors: "Zweite Faktoren"
        case .passkeys: "Passkeys"
        case .recoveryCodes: recoveryCodes
        case .left: "Verbleibende Codes"
        case .prefix: "Beginnt mit"
        case .scopes: scopesOfKey
        case .expires, .expiresAt: invitationValidUntil
        case .links: "Beendete Links"
        case .invitations: "Beendete Einladungen"
        case .maxUses: invitationMaximumUses
        case .uses: invitationUsed
        case .paused: "Pausiert"
        case .revoked: "Widerrufen"
        case .expired: "Abgelaufen"
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
        case .mail: "Art"
        case .first: "Aufbewahrt ab Ereignis"
        }
    }

    private func count(in kind: EventKind) -> String {
        switch kind {
        case .loginFailed, .loginLocked: "Versuche"
        case .recoveryCodesReplaced: "Codes"
        case .mailRetried: "E-Mails"
        default: "Anzahl"
        }
    }

    func detail(_ label: String, from old: HTML?, to new: HTML?) -> HTML {
        html {
            "\(label): "
            switch (old, new) {
            case (let old?, let new?):
                "bisher "
                old
                ", jetzt "
                new
            case (let old?, nil):
                "nicht mehr "
                old
            case (nil, let new?): new
            case (nil, nil): "–"
            }
        }
    }

    func detail(_ label: String, between first: HTML, and last: HTML) -> HTML {
        html {
            "\(label): von "
            first
            " bis "
            last
        }
    }

    func answer(_ isSo: Bool) -> String { isSo ? "ja" : "nein" }
    func state(isOn: Bool) -> String { isOn ? "an" : "aus" }

    func name(of method: SignInMethod) -> String {
        switch method {
        case .password: password
        case .totp: authenticatorApp
        case .recovery: "Wiederherstellungscode"
        case .passkey: "Passkey"
        }
    }

    func name(of factors: ExportedFactors) -> String {
        switch factors {
        case .none: "nicht enthalten"
        case .names: "nur genannt"
        case .secrets: "mit ihren Geheimnissen"
        }
    }

    func name(of outcome: EmailRejection.Outcome) -> String {
        switch outcome {
        case .removed: "Konto gelöscht"
        case .disabled: "Konto gesperrt"
        case .reported: "dem Betreiber gemeldet"
        }
    }
}
