extension German: LayoutTexts {
    var skipToContent: String { "Zum Inhalt springen" }
    var areas: String { "Bereiche" }
    var account: String { "Konto" }
    var administration: String { "Verwaltung" }
    var signOut: String { "Abmelden" }
    var protectedBy: String { "Geschützt durch lunauth" }
    var getHelp: String { "Hilfe erhalten" }
    var overview: String { "Übersicht" }
    var sessions: String { "Sitzungen" }
    var apiKeys: String { "API-Schlüssel" }
    var users: String { "Benutzer" }
    var invitations: String { "Einladungen" }
    var emails: String { "E-Mail" }
    var audit: String { "Protokoll" }
    var settings: String { "Einstellungen" }
}
