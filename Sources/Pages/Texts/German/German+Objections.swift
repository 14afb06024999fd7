import Auth

extension German: ObjectionTexts {
    func objection(_ rule: InvalidInput.Rule, to label: String) -> String {
        switch rule {
        case .required: "Füllen Sie „\(label)“ aus."
        case .notText, .notFlag, .notList, .notOneOf, .neither, .notScopes:
            "„\(label)“ kann diesen Wert nicht haben. Wählen Sie einen der angebotenen."
        case .notUTF8, .containsNUL:
            "„\(label)“ enthält Zeichen, die nicht lesbar sind. Geben Sie es noch einmal ein."
        case .notInRange(let range):
            "Geben Sie eine ganze Zahl von \(number(Int(range.lowerBound))) bis "
                + "\(number(Int(range.upperBound))) ein."
        case .unknown:
            "„\(label)“ lässt sich hier nicht ändern. Laden Sie die Seite neu und versuchen Sie es "
                + "erneut."

        case .passwordTooShort(1, let minimum):
            "Dieses Passwort hat 1 Zeichen. Verwenden Sie mindestens \(minimum)."
        case .passwordTooShort(let length, let minimum):
            "Dieses Passwort hat \(length) Zeichen. Verwenden Sie mindestens \(minimum)."
        case .passwordTooLong(let length, let maximum):
            "Dieses Passwort hat \(number(length)) Zeichen. Verwenden Sie höchstens \(maximum)."
        case .passwordIsPersonal:
            "Dieses Passwort ist die E-Mail-Adresse oder der Name des Kontos. Wählen Sie eines, das "
                + "schwerer zu erraten ist."
        case .commonPassword:
            "Das ist eines der häufigsten Passwörter. Wählen Sie eines, das schwerer zu erraten ist."
        case .samePassword: "Das ist Ihr jetziges Passwort. Wählen Sie ein anderes."

        case .notEmail(asciiDomain: nil):
            "Geben Sie eine E-Mail-Adresse ein, zum Beispiel ada@example.com."
        case .notEmail(let domain?): "Schreiben Sie den Teil hinter dem @ als \(domain)."
        case .otherEmail:
            "Das ist nicht die Adresse des Kontos. Geben Sie sie genau so ein, wie sie dasteht."
        case .sameEmail:
            "Das ist bereits die E-Mail-Adresse Ihres Kontos. Geben Sie eine andere ein."
        case .nameLength(let maximum): "„\(label)“ braucht 1 bis \(maximum) Zeichen."
        case .nameHidesText:
            "„\(label)“ enthält Steuerzeichen oder unsichtbare Zeichen. Geben Sie es ohne sie ein."
        case .nameIsBlank: "„\(label)“ braucht mindestens ein sichtbares Zeichen."
        case .notTime: "Geben Sie ein Datum oder eine Zeit in UTC ein, zum Beispiel 2026-01-31."
        case .notID: "„\(label)“ braucht die Kennung eines Kontos, wie seine Seite sie zeigt."
        case .searchTooLong(let maximum): "Suchen Sie nach höchstens \(maximum) Zeichen."

        case .notLifetime:
            "Geben Sie eine Zahl und eine Einheit ein (h, d, w, m oder y), zum Beispiel 30d: von 1h "
                + "bis 10y."
        case .adminKeyLifetime(let days):
            "Ein Schlüssel mit Verwaltungsrechten läuft nach höchstens \(days) Tagen ab."
        case .inviteLifetime: "Eine Einladung gilt eine Stunde bis ein Jahr."
        case .notSingleUse:
            "Eine Einladung für eine E-Mail-Adresse lässt sich einmal verwenden. Geben Sie 1 ein."

        case .notOrigin:
            "Geben Sie eine Adresse ein, die mit https:// beginnt und keinen Pfad hat, zum Beispiel "
                + "https://auth.example.com."
        case .insecureOrigin:
            "Die Adresse muss mit https:// beginnen. Sonst lehnen Browser das Sitzungscookie ab."
        case .originOutside(let domain):
            "Die Adresse muss in \(domain) liegen, wofür das Sitzungscookie gilt."
        case .originOutsidePasskeys(let host):
            "Die Adresse muss in \(host) liegen, wofür die Passkeys der Konten gelten."
        case .originFixed(let origin, _):
            "Die Umgebung des Servers legt \(origin) fest (LUNAUTH_WEBSITEURL). Ändern Sie es dort."
        case .notAccent:
            "Geben Sie eine Farbe als # und sechs Ziffern oder Buchstaben von a bis f ein, zum "
                + "Beispiel #30528c."
        case .notSupportContact:
            "Geben Sie eine E-Mail-Adresse ein oder eine Adresse, die mit https:// beginnt."
        case .settingFixed(.file(let key)):
            "Die Konfigurationsdatei legt diesen Wert fest (\(key)). Ändern Sie ihn dort."
        case .settingFixed(.environment(let variable)):
            "Die Umgebung des Servers legt diesen Wert fest (\(variable)). Ändern Sie ihn dort."
        case .notRetentionPeriod:
            "Geben Sie eine Zahl und eine Einheit ein (h, d, w, m oder y), zum Beispiel 6m: von 6h "
                + "bis 100y."
        case .mailNotConfigured:
            "Das setzt E-Mail voraus, und der Server ist nicht dafür eingerichtet."
        case .unsupportedDatabase:
            "Die Konfiguration des Servers nennt eine andere Art von Datenbank."
        case .notDatabaseName:
            "Verwenden Sie 1 bis 64 Buchstaben, Ziffern, Bindestriche und Unterstriche."
        case .databaseNameFixed(let name):
            "Die Umgebung des Servers legt den Namen der Datenbank auf \(name) fest."

        case .other: "„\(label)“ kann diesen Wert nicht haben."
        }
    }

}
