import Testing
import TestSupport

@testable import Auth

/// The name, colour and support contact that the owner chooses, or the configuration fixes.
struct SiteSettingsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin)
        service = try world.service()
    }

    private func caller(_ person: Person = .owner) throws -> Administrator {
        .caller(try service.authenticate(.cookie(world.signIn(person.email).cookie)))
    }

    private func change(
        by administrator: Administrator, of service: AuthService? = nil,
        _ edit: (inout SettingsChange) -> Void
    ) throws(AuthError) -> ChangedSettings {
        var change = SettingsChange()
        edit(&change)
        return try (service ?? self.service).settings
            .change(change, by: administrator, from: .sample)
    }

    private func fixing(_ edit: (inout SiteRules) -> Void) throws -> AuthService {
        var rules = world.rules
        edit(&rules.site)
        return try world.service(rules: rules)
    }

    private func messages(_ work: () throws -> Void) -> [String] {
        do {
            try work()
            return []
        } catch AuthError.invalidInput(let inputs) {
            return inputs.map { "\($0.field) \($0.message)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `a new server has the standard appearance`() {
        let site = service.site
        #expect(site.name == .standard && site.accent == .standard && site.support == nil)
        #expect(
            [site.nameOrigin, site.accentOrigin, site.supportOrigin] == [
                .standard, .standard, .standard,
            ])
    }

    @Test func `the owner chooses the appearance and removes it again`() throws {
        let owner = try caller()
        world.clock.advance(seconds: 601)
        let changed = try change(by: owner) {
            $0.siteName = .text(" Luna Books ")
            $0.siteAccent = .text("#0A7D5A")
            $0.siteSupport = .text("Help@example.org")
        }
        #expect(changed.site == service.site && changed.stored == nil)
        #expect(service.site.name.text == "Luna Books" && service.site.accent.hex == "#0a7d5a")
        #expect(service.site.support?.description == "help@example.org")
        #expect(service.settingsOrigins.siteName == .owner)
        _ = try change(by: owner) { $0.siteName = .text("") }
        _ = try change(by: owner) { $0.siteSupport = .cleared }
        #expect(service.site.name == .standard && service.site.nameOrigin == .standard)
        #expect(service.site.support == nil && service.site.accentOrigin == .owner)
        #expect(service.state.settings.siteName == nil)
    }

    @Test func `a change is logged with both values`() throws {
        _ = try change(by: .commandLine) { $0.siteName = .text("Luna") }
        let noted = service.takeJournal().changes.map { "\($0.name) \($0.old) \($0.new)" }
        #expect(noted == ["siteName - Luna"])
    }

    @Test func `only the owner in person changes the appearance`() throws {
        let admin = try caller(.admin)
        for edit in [
            { $0.siteName = .text("Luna") }, { $0.siteAccent = .text("not a colour") },
            { $0.siteSupport = .text("https://evil.example") },
        ] as [(inout SettingsChange) -> Void] {
            #expect(throws: AuthError.forbidden) { try change(by: admin, edit) }
        }
        let key = try world.makeKey(of: Person.owner.email).text
        let program = Administrator.caller(
            try service.signIn.authenticateAdministrator(.bearer(key), for: .write))
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try change(by: program) { $0.siteName = .text("Luna") }
        }
        #expect(world.store.writes == 0)
    }

    @Test func `a former owner changes nothing`() throws {
        let owner = try caller()
        world.change(Person.owner.email) { $0.role = .admin }
        #expect(throws: AuthError.forbidden) {
            try change(by: owner) { $0.siteName = .text("Luna") }
        }
        #expect(service.site.name == .standard)
    }

    @Test func `an administrator may send back the values that are in effect`() throws {
        _ = try change(by: .commandLine) { $0.siteSupport = .text("https://example.org/help") }
        let changed = try change(by: caller(.admin)) {
            $0.signup = false
            $0.siteName = .text("lunauth")
            $0.siteAccent = .text("#30528C")
            $0.siteSupport = .text("https://example.org/help")
        }
        #expect(!changed.settings.signup && changed.settings.siteName == nil)
    }

    @Test func `all invalid values are reported and nothing changes`() {
        let found = messages {
            _ = try change(by: .commandLine) {
                $0.siteName = .text("a\u{202E}b")
                $0.siteAccent = .text("red")
                $0.siteSupport = .given(.notText)
                $0.signup = false
            }
        }
        #expect(
            found == [
                "siteName must not hold control characters or invisible ones",
                "siteAccent must be a colour of the form #rrggbb", "siteSupport must be a string",
            ])
        #expect(world.store.writes == 0)
    }

    @Test func `a value that the configuration fixes is read-only and names its place`() throws {
        _ = try change(by: .commandLine) {
            $0.siteName = .text("Stored")
            $0.siteAccent = .text("#000000")
        }
        let service = try fixing { rules in
            rules.name = SiteName("Fixed").map { .init($0, in: .file(key: "site.name")) }
            rules.accent = SiteAccent("#ffffff").map {
                .init($0, in: .environment(variable: "LUNAUTH_SITE_ACCENT"))
            }
        }
        #expect(service.site.name.text == "Fixed" && service.site.accent.hex == "#ffffff")
        #expect(service.settingsOrigins.siteName.fixedBy == .file(key: "site.name"))
        let found = messages {
            _ = try change(by: .commandLine, of: service) {
                $0.siteName = .text("Another")
                $0.siteAccent = .cleared
            }
        }
        #expect(
            found == [
                "siteName is set in the configuration file (site.name)",
                "siteAccent is set in the environment of the server (LUNAUTH_SITE_ACCENT)",
            ])
        _ = try change(by: .commandLine, of: service) { $0.siteName = .text("Fixed") }
        #expect(service.state.settings.siteName == "Stored", "it counts once nothing is fixed")
    }

    @Test func `origins tell what is fixed and what the owner chose`() throws {
        #expect(service.settingsOrigins.websiteURL == .standard)
        world.store.change {
            $0.setup = SetupRecord(
                websiteURL: Origin("https://a.example"), migrationType: .manual)
        }
        let origins = service.settingsOrigins
        #expect(origins.websiteURL == .owner && origins.migrationType == .owner)
        #expect(origins.retentionPeriod == .standard && origins.siteSupport == .standard)
        var rules = world.rules
        rules.website = .fixed(try #require(Origin("https://fixed.example")))
        #expect(
            try world.service(rules: rules).settingsOrigins.websiteURL.fixedBy
                == .environment(variable: "LUNAUTH_WEBSITEURL"))
    }

    @Test func `setup names the site`() throws {
        let world = try World(people: [], rules: .sample())
        let service = try world.service()
        var request = SetupRequest()
        request.username = .text("The Owner")
        request.email = .text("owner@example.org")
        request.password = .text(Person.password)
        request.siteName = .text(String(repeating: "n", count: 61))
        #expect(
            messages { _ = try service.setup.setUp(request, from: .sample) }
                == ["siteName must have 1 to 60 characters"])
        request.siteName = .text("Luna")
        _ = try service.setup.setUp(request, from: .sample)
        #expect(service.site.name.text == "Luna" && service.site.nameOrigin == .owner)
    }

    @Test func `setup does not rename a site whose name is fixed`() throws {
        let world = try World(people: [], rules: .sample())
        var rules = world.rules
        rules.site.name = SiteName("Fixed").map { .init($0, in: .file(key: "site.name")) }
        let service = try world.service(rules: rules)
        var request = SetupRequest()
        request.username = .text("The Owner")
        request.email = .text("owner@example.org")
        request.password = .text(Person.password)
        request.siteName = .text("Luna")
        #expect(
            messages { _ = try service.setup.setUp(request, from: .sample) }
                == ["siteName is set in the configuration file (site.name)"])
        request.siteName = .text("Fixed")
        _ = try service.setup.setUp(request, from: .sample)
        #expect(service.state.settings.siteName == nil)
    }
}
