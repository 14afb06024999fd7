extension German: SetupTexts {
    var setUpTitle: String { "Willkommen bei lunauth" }
    var setUpIntroduction: String {
        "Erstellen Sie das Konto des Inhabers und prüfen Sie die Adresse dieses Servers. Alles Übrige "
            + "können Sie später in den Einstellungen ändern."
    }
    var setUpFailed: String { "Der Server wurde nicht eingerichtet" }
    var setupCode: String { "Einrichtungscode" }
    var setupCodeHint: String {
        "Er steht im Protokoll des Servers, in der Zeile, die mit „no owner exists yet“ beginnt."
    }

    var ownerIntroduction: String {
        "Sie werden Inhaber und verwalten alle Einstellungen und Konten."
    }

    var siteStepTitle: String { "Ihre Website" }
    func isAddressRight(_ address: String) -> String {
        "Der Server sieht die Adresse \(address). Stimmt sie?"
    }
    var addressIsRight: String { "Ja, diese Adresse wird benutzt" }
    var addressIsRightHint: String { "Für Links in E-Mails und für Cookies." }
    var useOtherAddress: String { "Nein, eine andere Adresse verwenden" }

    var onThisMachine: String {
        "Ihr Browser läuft auf demselben Rechner wie der Server. Schalten Sie einen Proxy mit https davor "
            + "und legen Sie die öffentliche Adresse fest, bevor andere ihn benutzen."
    }
    func encrypted(_ address: HTML?) -> HTML {
        html {
            "Die Verbindung ist verschlüsselt, und der Proxy gibt die Adressen der Clients weiter."
            if let address {
                " Ihre ist "
                address
                "."
            }
        }
    }
    var untrustedProxyTitle: String { "Dem Proxy wird nicht vertraut" }
    func untrustedProxy(_ address: HTML) -> HTML {
        html {
            "Anfragen kommen von "
            address
            " mit Weiterleitungsfeldern, die nicht beachtet werden. Ist das Ihr Proxy, nehmen Sie ihn in "
            code { "trustedProxies" }
            " der Konfiguration auf und laden Sie diese Seite neu."
        }
    }
    var unnamedClientTitle: String { "Der Proxy gibt die Adressen der Clients nicht weiter" }
    var unnamedClient: HTML {
        html {
            "Alle würden sich eine Adresse und deren Grenzen teilen. Lassen Sie den Proxy "
            code { "X-Forwarded-For" }
            " senden und laden Sie diese Seite neu."
        }
    }
    var changedHostTitle: String { "Der Proxy ändert den Host" }
    var changedHost: HTML {
        html {
            "Lassen Sie ihn das Feld "
            code { "Host" }
            " des Browsers weitergeben und laden Sie diese Seite neu, oder geben Sie oben die öffentliche "
            "Adresse ein."
        }
    }
    var unknownSchemeTitle: String {
        "Der Proxy sagt nicht, ob die Verbindung verschlüsselt ist"
    }
    var unknownScheme: HTML {
        html {
            "Lassen Sie ihn "
            code { "X-Forwarded-Proto" }
            " senden und laden Sie diese Seite neu, oder geben Sie oben die https-Adresse ein."
        }
    }
    var unencryptedTitle: String { "Diese Verbindung ist nicht verschlüsselt" }
    var unencrypted: String {
        "Andere im Netz können Ihr Passwort lesen. Öffnen Sie diese Seite mit https, bevor Sie "
            + "fortfahren."
    }

    var advanced: String { "Erweitert" }
    var databaseNameLabel: String { "Name der Datenbank" }
    var databaseNameHint: String {
        "Buchstaben, Ziffern, Bindestriche und Unterstriche. Leer bleibt es bei der jetzigen."
    }
    var finishSetup: String { "Einrichtung abschließen" }

    var setUpAlready: String { "Dieser Server ist schon eingerichtet" }
    var setUpAlreadyLead: String { "Melden Sie sich als Inhaber an, um ihn zu verwalten." }
}
