import Auth
import Testing

@testable import Pages

/// What the pages say of changes that no sentence says.
struct EventDetailTests {
    private static let languages = [Language.en, .de]

    private func words(
        _ change: EventChange, of kind: EventKind = .userCreated, in language: Language = .en
    ) throws -> String {
        let detail = eventDetail(change, of: kind, now: .noon, texts: language.texts)
        return try Markup(detail).texts.joined()
    }

    @Test(arguments: EventChange.Name.allCases)
    func `each name that rules record has a label in each language`(name: EventChange.Name) throws {
        for kind in EventKind.allCases {
            for language in Self.languages {
                let label = language.texts.label(of: name, in: kind)
                #expect(label.first?.isUppercase == true && !label.hasSuffix(":"))
                let detail = try words(EventChange(name, to: "v"), of: kind, in: language)
                #expect(detail == "\(label): v")
            }
        }
    }

    @Test(arguments: [EventChange.Name.until, .expires, .expiresAt, .time])
    func `no page shows a time as it is recorded`(name: EventChange.Name) throws {
        let detail = try words(EventChange(name, to: Timestamp.noon.rfc3339))
        #expect(detail.hasSuffix(": today at 12:00 UTC"))
        let german = try words(
            EventChange(name, to: Timestamp.noon.rfc3339), of: .backupRestored, in: .de)
        #expect(german.hasSuffix(": heute um 12:00 UTC"))
    }

    @Test(
        arguments: [
            (.role, "admin", "Role: Administrator", "Rolle: Administrator"),
            (.tier, "free", "Plan: Free", "Tarif: Kostenlos"),
            (.status, "pending", "Status: Waiting", "Status: Wartet"),
            (.confirmed, "false", "Confirmed: no", "Bestätigt: nein"),
            (.register, "true", "Allow registration: on", "Registrierung erlauben: an"),
            (.method, "totp", "Tried with: Authenticator app", "Versucht mit: Authenticator-App"),
            (.scopes, "read write", "Access: reads and writes", "Zugriff: liest und ändert"),
            (.outcome, "removed", "Result: account deleted", "Folge: Konto gelöscht"),
            (
                .factors, "names", "Second factors: named only", "Zweite Faktoren: nur genannt"
            ),
            (.mail, "invited", "Kind: Invitation", "Art: Einladung"),
            (.retentionPeriod, "6m", "Keep history for: 6 months", "Verlauf aufbewahren: 6 Monate"),
            (.first, "1001", "Kept from event: 1,001", "Aufbewahrt ab Ereignis: 1.001"),
            (
                .limit, "failed_logins_device",
                "Why: A known device tried too many wrong passwords or codes",
                "Grund: Ein bekanntes Gerät hat zu viele falsche Passwörter oder Codes versucht"
            ),
        ] as [(EventChange.Name, String, String, String)])
    func `values are the words of other pages`(
        name: EventChange.Name, value: String, english: String, german: String
    ) throws {
        #expect(try words(EventChange(name, to: value)) == english)
        #expect(try words(EventChange(name, to: value), in: .de) == german)
    }

    @Test func `a change says what was and what is`() throws {
        let period = EventChange(.retentionPeriod, from: "6m", to: "1y")
        #expect(
            try words(period, of: .settingsChanged)
                == "Keep history for: from 6 months to 1 year")
        #expect(
            try words(period, of: .settingsChanged, in: .de)
                == "Verlauf aufbewahren: bisher 6 Monate, jetzt 1 Jahr")
        let name = EventChange(.siteName, from: "Harbour")
        #expect(try words(name, of: .settingsChanged) == "Site name: no longer Harbour")
        let setting = EventChange(.register, from: "true", to: "false")
        #expect(try words(setting, of: .settingsChanged) == "Allow registration: off")
    }

    @Test func `what ended says how much it was`() throws {
        let links = EventChange(.links, from: "3", to: "0")
        #expect(try words(links, of: .passwordReset) == "Links ended: 3")
        let mail = EventChange(.mail, from: "welcome")
        #expect(try words(mail, of: .mailDropped) == "Kind: Welcome")
        let prefix = EventChange(.prefix, from: "luna_abc")
        #expect(try words(prefix, of: .apiKeyRevoked) == "Begins with: luna_abc")
    }

    @Test func `failures that were gathered say from when to when`() throws {
        let time = EventChange(
            .time, from: Timestamp.noon.rfc3339, to: Timestamp.noon.adding(seconds: 60).rfc3339)
        #expect(
            try words(time, of: .loginFailed)
                == "Time: from today at 12:00 UTC to today at 12:01 UTC")
        #expect(
            try words(time, of: .loginFailed, in: .de)
                == "Zeit: von heute um 12:00 UTC bis heute um 12:01 UTC")
    }

    @Test func `a name of a later version is shown as it is recorded`() throws {
        let change = EventChange(stored: "moonPhase", from: "new", to: "full")
        #expect(try words(change) == "moonPhase: from new to full")
        let unknown = EventChange(.role, to: "gardener")
        #expect(try words(unknown) == "Role: gardener")
    }

    @Test func `values are text, and isolated`() throws {
        let markup = try Markup(
            eventDetail(
                EventChange(.siteName, to: "</p>\u{202E}"), of: .settingsChanged, now: .noon,
                texts: English()))
        #expect(markup.structure == ["<bdi>", "</bdi>"])
    }
}
