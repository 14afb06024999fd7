import Testing
import TestSupport

@testable import Auth

/// Changes to the settings that setup stores.
struct StoredSettingsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin)
        service = try world.service()
        world.store.change { $0.setup = SetupRecord(databaseName: "lunauth") }
    }

    private func caller(_ person: Person = .owner) throws -> Administrator {
        .caller(try service.authenticate(.cookie(world.signIn(person.email).cookie)))
    }

    private func change(
        by administrator: Administrator, _ edit: (inout SettingsChange) -> Void
    ) throws(AuthError) -> ChangedSettings {
        var change = SettingsChange()
        edit(&change)
        return try service.settings.change(change, by: administrator, from: .sample)
    }

    private var stored: SetupRecord? { world.store.state.setup }

    @Test func `the owner changes each stored setting independently and at once`() throws {
        let owner = try caller()
        let changed = try change(by: owner) {
            $0.websiteURL = .text("https://New.example/")
            $0.signup = false
        }
        #expect(changed.stored?.websiteURL == Origin("https://new.example"))
        #expect(!changed.settings.signup && !service.state.settings.signup)
        #expect(service.websiteURL == Origin("https://new.example"))
        _ = try change(by: owner) { $0.retentionPeriod = .text("30d") }
        _ = try change(by: owner) { $0.migrationType = .text("manual") }
        #expect(
            stored
                == SetupRecord(
                    databaseName: "lunauth", websiteURL: Origin("https://new.example"),
                    migrationType: .manual, retentionPeriod: Period.retention("30d")))
    }

    @Test func `a reset setting returns to the configuration`() throws {
        let website = service.websiteURL
        _ = try change(by: .commandLine) { $0.websiteURL = .text("https://new.example") }
        _ = try change(by: .commandLine) { $0.forgotten = [.websiteURL] }
        #expect(stored?.websiteURL == nil && service.websiteURL == website)
    }

    @Test func `only the owner in person changes stored settings`() throws {
        let admin = try caller(.admin)
        #expect(throws: AuthError.forbidden) {
            try change(by: admin) { $0.retentionPeriod = .text("30d") }
        }
        let key = try world.makeKey(of: Person.owner.email).text
        let program = Administrator.caller(
            try service.signIn.authenticateAdministrator(.bearer(key), for: .write))
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try change(by: program) { $0.websiteURL = .text("https://evil.example") }
        }
        #expect(stored == SetupRecord(databaseName: "lunauth"))
        #expect(try !change(by: admin) { $0.signup = false }.settings.signup)
    }

    @Test func `changing the origin needs recent authentication and other settings do not`() throws
    {
        let owner = try caller()
        world.clock.advance(seconds: 601)
        #expect(throws: AuthError.reauthenticationRequired([.password])) {
            try change(by: owner) { $0.websiteURL = .text("https://new.example") }
        }
        #expect(throws: AuthError.wrongPassword) {
            try change(by: owner) {
                $0.websiteURL = .text("https://new.example")
                $0.password = .text("another password")
            }
        }
        #expect(stored?.websiteURL == nil)
        _ = try change(by: owner) { $0.retentionPeriod = .text("30d") }
        _ = try change(by: owner) {
            $0.websiteURL = .text("https://new.example")
            $0.password = .text(Person.password)
        }
        #expect(stored?.websiteURL == Origin("https://new.example"))
    }

    @Test func `a former owner changes nothing`() throws {
        let owner = try caller()
        world.change(Person.owner.email) { $0.role = .admin }
        #expect(throws: AuthError.forbidden) {
            try change(by: owner) { $0.retentionPeriod = .text("30d") }
        }
        #expect(stored == SetupRecord(databaseName: "lunauth"))
    }

    @Test func `all invalid inputs are reported and nothing changes`() {
        let faults = fieldsAtFault {
            _ = try change(by: .commandLine) {
                $0.websiteURL = .text("https://a.example/path")
                $0.retentionPeriod = .notText
                $0.migrationType = .text("never")
                $0.signup = false
            }
        }
        #expect(Set(faults ?? []) == ["websiteUrl", "retentionPeriod", "migrationType"])
        #expect(world.store.writes == 0)
    }

    @Test func `a setting fixed by the environment is rejected with both places to change it`()
        throws
    {
        var rules = world.rules
        rules.website = .fixed(try #require(Origin("https://fixed.example")))
        let service = try world.service(rules: rules)
        var change = SettingsChange()
        change.websiteURL = .text("https://new.example")
        let error = #expect(throws: AuthError.self) {
            try service.settings.change(change, by: .commandLine, from: .commandLine)
        }
        guard case .invalidInput(let inputs) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(inputs.count == 1 && inputs[0].message.contains("LUNAUTH_WEBSITEURL"))
        #expect(inputs[0].message.contains("setup.json"))
        change.websiteURL = .text("https://fixed.example")
        _ = try service.settings.change(change, by: .commandLine, from: .commandLine)
    }

    @Test(
        arguments: [
            \AuthService.Rules.websiteDomain, \AuthService.Rules.passkeyRelyingPartyID,
        ] as [any WritableKeyPath<AuthService.Rules, String?> & Sendable])
    func `an origin outside the domain of cookie or passkeys is rejected, stored or configured`(
        domain: any WritableKeyPath<AuthService.Rules, String?> & Sendable
    ) throws {
        var rules = world.rules
        rules[keyPath: domain] = "example.org"
        let service = try world.service(rules: rules)
        var change = SettingsChange()
        change.websiteURL = .text("https://example.com")
        #expect(
            fieldsAtFault {
                _ = try service.settings.change(change, by: .commandLine, from: .commandLine)
            } == ["websiteUrl"])
        change = SettingsChange()
        change.forgotten = [.websiteURL]
        #expect(
            fieldsAtFault {
                _ = try service.settings.change(change, by: .commandLine, from: .commandLine)
            } == ["websiteUrl"])
    }
}
