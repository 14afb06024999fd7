import Auth
import Testing

@testable import Pages

/// What the pages say about events.
struct EventTextsTests {
    private static let languages = [Language.en, .de]

    private func words(_ facts: EventFacts, in language: Language) throws -> String {
        try Markup(language.texts.sentence(facts)).texts.joined()
    }

    @Test(arguments: EventKind.allCases)
    func `each kind has a sentence of its own in each language`(kind: EventKind) throws {
        let sentences = try Self.languages.map { try words(EventFacts(kind), in: $0) }
        #expect(sentences[0] != sentences[1])
        for (language, sentence) in zip(Self.languages, sentences) {
            #expect(!sentence.hasSuffix("."))
            #expect(sentence.first?.isUppercase == true)
            let others = try EventKind.allCases.filter { $0 != kind }.map {
                try words(EventFacts($0), in: language)
            }
            #expect(!others.contains(sentence), "\(sentence)")
        }
    }

    @Test func `roles and tiers are those of other pages`() throws {
        let role = EventFacts(.userRoleChanged, [EventChange(.role, from: "member", to: "admin")])
        #expect(try words(role, in: .en) == "Role changed from Member to Administrator")
        #expect(
            try words(role, in: .de)
                == "Rolle geändert: bisher Mitglied, jetzt Administrator")
        let tier = EventFacts(.userTierChanged, [EventChange(.tier, from: "free", to: "gold")])
        #expect(try words(tier, in: .en) == "Plan changed from Free to gold")
    }

    @Test func `numbers have the singular, and a separator`() throws {
        func failures(_ count: String) -> EventFacts {
            EventFacts(.loginFailed, [EventChange(.count, to: count)])
        }
        #expect(try words(failures("1"), in: .en) == "Sign-in failed")
        #expect(try words(failures("1284"), in: .en) == "Sign-in failed 1,284 times")
        #expect(try words(failures("1284"), in: .de) == "Anmeldung 1.284-mal fehlgeschlagen")
        let one = EventFacts(.sessionsEnded, [EventChange(.count, to: "1")])
        #expect(try words(one, in: .en) == "1 session ended")
    }

    @Test(arguments: [
        ("pwd", "Signed in with a password"),
        ("pwd otp", "Signed in with a password and a code"),
        ("pwd hwk", "Signed in with a password and a passkey"),
        ("swk user", "Signed in with a passkey"),
        ("unknown", "Signed in"),
    ])
    func `a sign-in says by what`(methods: String, sentence: String) throws {
        let facts = EventFacts(.sessionCreated, [EventChange(.methods, to: methods)])
        #expect(try words(facts, in: .en) == sentence)
    }

    @Test func `names of people are text, and isolated`() throws {
        let name = "</p><script>\u{202E}"
        let facts = EventFacts(
            .factorAdded, [EventChange(.factor, to: "passkey"), EventChange(.name, to: name)])
        for language in Self.languages {
            let markup = try Markup(language.texts.sentence(facts))
            #expect(markup.structure == ["<bdi>", "</bdi>"])
            #expect(markup.texts.contains(name))
            #expect(markup.texts.first?.hasPrefix("Passkey") == true)
        }
    }

    @Test func `what no sentence says is left to be shown beside it`() {
        let setting = EventChange(.signup, from: "false", to: "true")
        #expect(EventFacts(.settingsChanged, [setting]).others == [setting])
        let role = EventChange(.role, from: "member", to: "admin")
        #expect(EventFacts(.userRoleChanged, [role, setting]).others == [setting])
        let later = EventChange(stored: "moonPhase", to: "full")
        #expect(EventFacts(.userRoleChanged, [role, later]).others == [later])
    }

    @Test func `what is of no use to a person is not shown`() {
        let now = Timestamp.noon.rfc3339
        let useless: [(EventKind, EventChange)] = [
            (.sessionCreated, EventChange(.expires, to: now)),
            (.loginFailed, EventChange(.time, to: now)),
            (.sessionsEnded, EventChange(.kept, to: "id")),
            (.trustGiven, EventChange(.browser, from: "id", to: "id")),
            (.ownershipTransferred, EventChange(.owner, from: "id", to: "id")),
            (.passwordChanged, EventChange(.password, from: "set", to: "set")),
            (.factorsReset, EventChange(.recoveryCodes, to: "0")),
        ]
        for (kind, change) in useless { #expect(EventFacts(kind, [change]).others == []) }
        let useful: [(EventKind, EventChange)] = [
            (.trustGiven, EventChange(.expires, to: now)),
            (.loginFailed, EventChange(.time, from: now, to: now)),
            (.backupRestored, EventChange(.time, to: now)),
            (.factorAdded, EventChange(.recoveryCodes, to: "10")),
        ]
        for (kind, change) in useful { #expect(EventFacts(kind, [change]).others == [change]) }
    }

    @Test func `invitations and keys that end say how many, and how`() throws {
        func sentence(_ kind: EventKind, _ changes: [EventChange]) throws -> String {
            try words(EventFacts(kind, changes), in: .en)
        }
        let paused = EventChange(.paused, from: "false", to: "true")
        let resumed = EventChange(.paused, from: "true", to: "false")
        let revoked = EventChange(.revoked, from: "false", to: "true")
        let expired = EventChange(.expired, from: "false", to: "true")
        let three = EventChange(.count, to: "3")
        #expect(try sentence(.inviteChanged, [paused]) == "Invitation paused")
        #expect(try sentence(.inviteChanged, [resumed]) == "Invitation resumed")
        #expect(try sentence(.inviteChanged, [revoked]) == "Invitation revoked")
        #expect(
            try sentence(.inviteChanged, [expired, three])
                == "3 invitations ended, because an API key was revoked")
        let keys = EventChange(.count, from: "2", to: "0")
        #expect(try sentence(.apiKeyRevoked, [keys]) == "2 API keys revoked")
        #expect(EventFacts(.apiKeyRevoked, [keys]).others == [])
    }
}
