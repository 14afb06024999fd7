import Auth

extension German: EventTexts {
    func name(of kind: EventKind) -> String {
        switch kind {
        case .sessionCreated: "Anmeldung"
        case .sessionEnded: "Sitzung beendet"
        case .sessionsEnded: "Sitzungen beendet"
        case .loginFailed: "Anmeldung fehlgeschlagen"
        case .loginLocked: "Anmeldung nach zu vielen Fehlversuchen eingeschränkt"
        case .passwordChanged: "Passwort geändert"
        case .passwordReset: "Passwort ohne das alte gesetzt"
        case .passwordRemoved: "Passwort entfernt"
        case .emailChanged: "E-Mail-Adresse geändert"
        case .emailConfirmed: "E-Mail-Adresse bestätigt"
        case .emailRejected: "Konto vom Leser seiner E-Mail-Adresse zurückgewiesen"
        case .factorAdded: "Anmeldeweg hinzugefügt"
        case .factorRenamed: "Passkey umbenannt"
        case .factorRemoved: "Anmeldeweg entfernt"
        case .factorsReset: "Alle zweiten Faktoren entfernt"
        case .recoveryCodeUsed: "Wiederherstellungscode verbraucht"
        case .recoveryCodesReplaced: "Wiederherstellungscodes ersetzt"
        case .trustGiven: "Browser bei der Anmeldung vertraut"
        case .trustEnded: "Vertrauen in Browser beendet"
        case .apiKeyCreated: "API-Schlüssel erstellt"
        case .apiKeyRevoked: "API-Schlüssel widerrufen"
        case .userCreated: "Konto erstellt"
        case .userApproved: "Konto freigegeben"
        case .userDeclined: "Konto abgelehnt"
        case .userRoleChanged: "Rolle geändert"
        case .userTierChanged: "Tarif geändert"
        case .userDisabled: "Konto gesperrt"
        case .userEnabled: "Konto entsperrt"
        case .userRenamed: "Name geändert"
        case .userDeleted: "Konto gelöscht"
        case .userUnlocked: "Anmeldung freigegeben"
        case .ownershipTransferred: "Website an einen anderen Inhaber übergeben"
        case .inviteCreated: "Einladung erstellt"
        case .inviteChanged: "Einladung widerrufen, angehalten oder fortgesetzt"
        case .inviteRedeemed: "Konto mit einer Einladung erstellt"
        case .settingsChanged: "Einstellungen geändert"
        case .mailDropped: "Wartende E-Mail verworfen"
        case .mailRetried: "Gescheiterte E-Mail erneut versucht"
        case .accountExported: "Daten des Kontos exportiert"
        case .accountsExported: "Alle Konten exportiert"
        case .setupCompleted: "Server eingerichtet"
        case .secretRotated: "Geheimer Schlüssel ersetzt"
        case .auditKeyRotated: "Schlüssel des Protokolls ersetzt"
        case .auditPurged: "Alte Ereignisse gelöscht"
        case .backupRestored: "Datenbank aus einer Sicherung wiederhergestellt"
        }
    }

    func sentence(_ facts: EventFacts) -> HTML {
        switch facts.kind {
        case .sessionCreated: HTML(signedIn(by: facts.methods ?? []))
        case .sessionEnded: HTML(sessionEnded(facts.reason))
        case .sessionsEnded: HTML(sessionsEnded(facts.count) + because(facts.reason))
        case .loginFailed: HTML(signInFailed(facts.count ?? 1) + wrong(facts.method))
        case .emailChanged:
            changed("E-Mail-Adresse", from: facts.before(.email), to: facts.after(.email))
        case .emailConfirmed: done("bestätigt", to: "E-Mail-Adresse", named: facts.after(.email))
        case .factorAdded: done("hinzugefügt", to: word(for: facts.factor), named: facts.name)
        case .factorRemoved: done("entfernt", to: word(for: facts.factor), named: facts.name)
        case .apiKeyCreated: done("erstellt", to: "API-Schlüssel", named: facts.name)
        case .apiKeyRevoked where facts.name != nil:
            done("widerrufen", to: "API-Schlüssel", named: facts.name)
        case .apiKeyRevoked: HTML(keysRevoked(facts.before(.count).flatMap { Int($0) }))
        case .inviteChanged: HTML(invitationsBecame(facts.invitations, facts.count))
        case .userRoleChanged:
            changed("Rolle", from: role(facts.before(.role)), to: role(facts.after(.role)))
        case .userTierChanged:
            changed("Tarif", from: tier(facts.before(.tier)), to: tier(facts.after(.tier)))
        case .factorRenamed:
            changed("Name eines Passkeys", from: facts.before(.name), to: facts.after(.name))
        case .userRenamed: changed("Name", from: facts.before(.name), to: facts.after(.name))
        case .auditPurged: HTML(eventsPurged(facts.count))
        default: HTML(name(of: facts.kind))
        }
    }

    func done(_ verb: String, to thing: String, named name: String?) -> HTML {
        html {
            thing
            if let name {
                " „"
                bdi(name)
                "“"
            }
            " \(verb)"
        }
    }

    func changed(_ thing: String, from old: String?, to new: String?) -> HTML {
        html {
            "\(thing) geändert"
            if old != nil || new != nil { ":" }
            if let old {
                " bisher "
                bdi(old)
            }
            if old != nil, new != nil { "," }
            if let new {
                " jetzt "
                bdi(new)
            }
        }
    }

    private func signedIn(by methods: AuthenticationMethods) -> String {
        let hasPasskey = !methods.isDisjoint(with: [.hardwareKey, .softwareKey])
        return switch (methods.contains(.password), hasPasskey, methods.contains(.oneTimeCode)) {
        case (true, true, _): "Anmeldung mit Passwort und Passkey"
        case (true, false, true): "Anmeldung mit Passwort und Code"
        case (true, false, false): "Anmeldung mit Passwort"
        case (false, true, _): "Anmeldung mit Passkey"
        case (false, false, _): "Anmeldung"
        }
    }

    private func sessionEnded(_ reason: SessionEndReason?) -> String {
        reason == .signOut ? "Abgemeldet" : "Sitzung beendet" + because(reason)
    }

    private func because(_ reason: SessionEndReason?) -> String {
        switch reason {
        case .signOut: " durch Abmelden"
        case .replaced: " durch eine neue Anmeldung desselben Browsers"
        case .limit: ", weil es zu viele waren"
        case .newPassword: " durch ein neues Passwort"
        case .passwordRemoved: ", weil das Passwort entfernt wurde"
        case .factorsReset: ", weil die zweiten Faktoren entfernt wurden"
        case .accountImported: " durch einen Import"
        case .accountDisabled: ", weil das Konto gesperrt wurde"
        case .secretReplaced: ", weil der geheime Schlüssel ersetzt wurde"
        case .request, nil: ""
        }
    }

    private func wrong(_ method: SignInMethod?) -> String {
        switch method {
        case .password: ": falsches Passwort"
        case .totp: ": falscher Code einer Authenticator-App"
        case .recovery: ": falscher Wiederherstellungscode"
        case .passkey: ": falscher Passkey"
        case nil: ""
        }
    }

    private func sessionsEnded(_ count: Int?) -> String {
        switch count {
        case nil: "Sitzungen beendet"
        case 1: "1 Sitzung beendet"
        case .some(let count): "\(number(count)) Sitzungen beendet"
        }
    }

    private func signInFailed(_ count: Int) -> String {
        count == 1 ? "Anmeldung fehlgeschlagen" : "Anmeldung \(number(count))-mal fehlgeschlagen"
    }

    private func eventsPurged(_ count: Int?) -> String {
        switch count {
        case nil: "Alte Ereignisse gelöscht"
        case 1: "1 altes Ereignis gelöscht"
        case .some(let count): "\(number(count)) alte Ereignisse gelöscht"
        }
    }

    private func keysRevoked(_ count: Int?) -> String {
        count.map { "\(number($0)) API-Schlüssel widerrufen" } ?? "API-Schlüssel widerrufen"
    }

    private func invitationsBecame(_ state: EventFacts.InvitationState?, _ count: Int?) -> String {
        let invitations =
            switch count {
            case nil: "Einladung"
            case 1: "1 Einladung"
            case .some(let count): "\(number(count)) Einladungen"
            }
        return switch state {
        case .paused: "\(invitations) pausiert"
        case .resumed: "\(invitations) fortgesetzt"
        case .revoked: "\(invitations) widerrufen"
        case .expired: "\(invitations) beendet, weil ein API-Schlüssel widerrufen wurde"
        case nil: name(of: .inviteChanged)
        }
    }

    private func word(for factor: SignInMethod?) -> String {
        switch factor {
        case .passkey: "Passkey"
        case .totp: authenticatorApp
        case .password, .recovery, nil: "Anmeldeweg"
        }
    }

    var withMailedLink: String { "mit einem Link aus einer E-Mail" }
    var withAPIKey: String { "mit einem API-Schlüssel" }
    var byAdministrator: String { "durch einen Administrator" }
    var byOperator: String { "durch den Betreiber dieses Servers" }
    var byServer: String { "durch diesen Server" }

    var holderOfLink: String { "Inhaber eines Links aus einer E-Mail" }
    var apiKeyOf: String { "API-Schlüssel von" }
    func commandLine(of user: String) -> String { "Befehlszeile (\(user))" }
    var theServer: String { "Dieser Server" }
    var notSignedIn: String { "Nicht angemeldet" }
    var deletedAccount: String { "Gelöschtes Konto" }
}
