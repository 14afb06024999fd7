import Auth

extension German: EventTexts {
    func sentence(_ facts: EventFacts) -> HTML {
        switch facts.kind {
        case .sessionCreated: HTML(signedIn(by: facts.methods ?? []))
        case .sessionEnded: "Sitzung beendet".html
        case .sessionsEnded: HTML(sessionsEnded(facts.count))
        case .loginFailed: HTML(signInFailed(facts.count ?? 1))
        case .loginLocked: "Anmeldung nach zu vielen Fehlversuchen eingeschränkt".html
        case .passwordChanged: "Passwort geändert".html
        case .passwordReset: "Passwort ohne das alte gesetzt".html
        case .passwordRemoved: "Passwort entfernt".html
        case .emailChanged:
            changed("E-Mail-Adresse", from: facts.before(.email), to: facts.after(.email))
        case .emailConfirmed: done("bestätigt", to: "E-Mail-Adresse", named: facts.after(.email))
        case .emailRejected: "Konto vom Leser seiner E-Mail-Adresse zurückgewiesen".html
        case .factorAdded: done("hinzugefügt", to: word(for: facts.factor), named: facts.name)
        case .factorRemoved: done("entfernt", to: word(for: facts.factor), named: facts.name)
        case .factorsReset: "Alle zweiten Faktoren entfernt".html
        case .recoveryCodeUsed: "Wiederherstellungscode verbraucht".html
        case .recoveryCodesReplaced: "Wiederherstellungscodes ersetzt".html
        case .trustGiven: "Browser bei der Anmeldung vertraut".html
        case .trustEnded: "Vertrauen in Browser beendet".html
        case .apiKeyCreated: done("erstellt", to: "API-Schlüssel", named: facts.name)
        case .apiKeyRevoked: done("widerrufen", to: "API-Schlüssel", named: facts.name)
        case .userCreated: "Konto erstellt".html
        case .userApproved: "Konto freigegeben".html
        case .userDeclined: "Konto abgelehnt".html
        case .userRoleChanged:
            changed("Rolle", from: role(facts.before(.role)), to: role(facts.after(.role)))
        case .userTierChanged:
            changed("Tarif", from: tier(facts.before(.tier)), to: tier(facts.after(.tier)))
        case .userDisabled: "Konto gesperrt".html
        case .userEnabled: "Konto entsperrt".html
        case .userRenamed: changed("Name", from: facts.before(.name), to: facts.after(.name))
        case .userDeleted: "Konto gelöscht".html
        case .userUnlocked: "Anmeldung freigegeben".html
        case .ownershipTransferred: "Website an einen anderen Inhaber übergeben".html
        case .inviteCreated: "Einladung erstellt".html
        case .inviteChanged: "Einladung widerrufen, angehalten oder fortgesetzt".html
        case .inviteRedeemed: "Konto mit einer Einladung erstellt".html
        case .settingsChanged: "Einstellungen geändert".html
        case .mailDropped: "Wartende E-Mail verworfen".html
        case .mailRetried: "Gescheiterte E-Mail erneut versucht".html
        case .accountExported: "Daten des Kontos exportiert".html
        case .setupCompleted: "Server eingerichtet".html
        case .secretRotated: "Geheimer Schlüssel ersetzt".html
        case .auditKeyRotated: "Schlüssel des Protokolls ersetzt".html
        case .auditPurged: HTML(eventsPurged(facts.count))
        case .backupRestored: "Datenbank aus einer Sicherung wiederhergestellt".html
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
