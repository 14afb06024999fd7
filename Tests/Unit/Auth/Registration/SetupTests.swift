import Testing
import TestSupport

@testable import Auth

struct SetupTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.customer)
        service = try world.service()
    }

    private func request(_ edit: (inout SetupRequest) -> Void = { _ in }) -> SetupRequest {
        var request = SetupRequest()
        request.username = .text("The Owner")
        request.email = .text("Owner@example.org")
        request.password = .text(Person.password)
        edit(&request)
        return request
    }

    private func setUp(_ edit: (inout SetupRequest) -> Void = { _ in }) throws -> SignedIn {
        try service.setup.setUp(request(edit), from: .sample)
    }

    @Test func `setup sends the owner a link that confirms the address`() throws {
        let signedIn = try setUp()
        #expect(signedIn.account.emailVerifiedAt == nil)
        let mail = try #require(try world.mails().first)
        #expect(mail.kind == .verify && mail.to == signedIn.account.email.address)
        #expect(try service.administration.holdsBackOwnersNotices())
        try service.passwords.changePassword(
            from: .text(Person.password), to: .text("another password"),
            by: service.signIn.identify(.cookie(signedIn.sessionToken), for: .person), at: .sample)
        #expect(try world.mails().map(\.kind) == [.verify], "a notice is held back")
        try service.verifyEmail(mail.values.token, "another password")
        #expect(try !service.administration.holdsBackOwnersNotices())
    }

    @Test func `the confirmation link leads to the origin that setup names`() throws {
        _ = try setUp { $0.websiteURL = .text("https://auth.example.org") }
        let link = try world.mails().first?.values["link"]
        #expect(link?.hasPrefix("https://auth.example.org/auth/email/verify?token=") == true)
    }

    @Test func `without a transport the owner's address counts as confirmed`() throws {
        let world = try World(people: [], sendsMail: false, rules: .sample())
        let service = try world.service()
        let signedIn = try service.setup.setUp(request { _ in }, from: .sample)
        #expect(signedIn.account.emailVerifiedAt == world.clock.now)
        #expect(try !service.administration.holdsBackOwnersNotices())
        #expect(world.store.memory.linkTokens.isEmpty)
    }

    @Test func `the owner is active and signed in`() throws {
        try service.setup.requireNotSetUp()
        let signedIn = try setUp()
        #expect(signedIn.account.role == .owner && signedIn.account.status == .active)
        #expect(
            try service.authenticate(.cookie(signedIn.sessionToken)).account == signedIn.account)
        #expect(world.store.state.hasOwner)
    }

    @Test func `absent inputs are not stored and the configuration applies`() throws {
        _ = try setUp()
        #expect(world.store.state.setup == SetupRecord())
        #expect(service.websiteURL.description == "http://localhost")
        #expect(world.store.memory.databaseName == "lunauth")
        var rules = try AuthService.Rules.sample()
        rules.website = .configured(try #require(Origin("https://later.example")))
        #expect(try world.service(rules: rules).websiteURL == Origin("https://later.example"))
    }

    @Test func `setup inputs are stored and apply at once`() throws {
        _ = try setUp { request in
            request.type = .text("advanced")
            request.databaseType = .text("better-sqlite3")
            request.databaseName = .text("my-app")
            request.websiteURL = .text("https://App.example.org/")
            request.migrationType = .text("manual")
            request.retentionPeriod = .text("90d")
        }
        let record = try #require(world.store.state.setup)
        #expect(record.databaseName == "my-app" && record.migrationType == .manual)
        #expect(record.websiteURL == Origin("https://app.example.org"))
        #expect(record.retentionPeriod?.text == "90d")
        #expect(
            service.websiteURL == record.websiteURL && world.store.memory.databaseName == "my-app")
    }

    @Test func `all invalid inputs are reported together`() {
        let service = service
        let all = fieldsAtFault {
            var request = SetupRequest()
            request.type = .text("advanced")
            request.databaseType = .text("postgresql")
            request.databaseName = .text("../x")
            request.migrationType = .text("never")
            _ = try service.setup.setUp(request, from: .sample)
        }
        #expect(
            Set(all ?? []) == [
                "username", "email", "password", "databaseType", "databaseName", "websiteUrl",
                "migrationType", "retentionPeriod",
            ])
        #expect(world.gate.turns == 0 && world.store.writes == 0)
    }

    @Test func `the origin must be within the domain of the cookie`() throws {
        var rules = try AuthService.Rules.sample()
        rules.websiteDomain = "example.org"
        let service = try world.service(rules: rules)
        func fault(_ website: String) -> [String]? {
            fieldsAtFault {
                _ = try service.setup.setUp(
                    request { $0.websiteURL = .text(website) }, from: .sample)
            }
        }
        #expect(fault("https://example.com") == ["websiteUrl"])
        #expect(fault("https://evil-example.org") == ["websiteUrl"])
        #expect(fault("https://auth.example.org") == nil)
        #expect(service.websiteURL == Origin("https://auth.example.org"))
    }

    private struct Fault: Sendable, CustomTestStringConvertible {
        let field: String
        let edit: @Sendable (inout SetupRequest) -> Void
        var testDescription: String { field }

        init(_ field: String, _ edit: @escaping @Sendable (inout SetupRequest) -> Void) {
            self.field = field
            self.edit = edit
        }
    }

    @Test(arguments: [
        Fault("type") { $0.type = .text("Basic") }, Fault("type") { $0.type = .notText },
        Fault("databaseType") { $0.databaseType = .text("") },
        Fault("databaseName") { $0.databaseName = .text("") },
        Fault("databaseName") { $0.databaseName = .notText },
        Fault("websiteUrl") { $0.websiteURL = .text("https://example.org/app") },
        Fault("migrationType") { $0.migrationType = .notText },
        Fault("retentionPeriod") { $0.retentionPeriod = .text("5h") },
        Fault("username") { $0.username = .text(" ") },
        Fault("email") { $0.email = .text("x") },
        Fault("password") { $0.password = .text("password") },
    ])
    private func `each input is validated`(fault: Fault) {
        #expect(fieldsAtFault { _ = try setUp(fault.edit) } == [fault.field])
    }

    @Test func `an unsupported database type is rejected with the supported ones`() {
        #expect(
            throws: AuthError.invalidInput([
                InvalidInput("databaseType", .unsupportedDatabase(inUse: .sqlite))
            ])
        ) { try setUp { $0.databaseType = .text("mysql") } }
    }

    @Test func `setup accepts the kind of database that is configured alone`() throws {
        var rules = AuthService.Rules.standard(
            website: .configured(try #require(Origin("https://auth.example.org"))))
        rules.databaseKind = .postgreSQL
        for (type, isAccepted) in [
            ("postgres", true), ("postgresql", true), ("sqlite", false), ("better-sqlite3", false),
        ] {
            var request = SetupRequest()
            request.databaseType = .text(type)
            var form = SetupForm(request, rules)
            _ = form.record()
            #expect(form.objections.isEmpty == isAccepted, "\(type)")
        }
    }

    @Test func `the name of a database of a server is accepted and decides nothing`() throws {
        var rules = AuthService.Rules.standard(
            website: .configured(try #require(Origin("https://auth.example.org"))))
        rules.databaseKind = .postgreSQL
        var request = SetupRequest()
        request.databaseName = .text("other")
        var form = SetupForm(request, rules)
        #expect(form.record().databaseName == nil && form.objections.isEmpty)
        request.databaseName = .text("../other")
        form = SetupForm(request, rules)
        _ = form.record()
        #expect(form.objections == [InvalidInput("databaseName", .notDatabaseName)])
    }

    @Test func `setup succeeds only once`() throws {
        _ = try setUp()
        #expect(throws: AuthError.alreadySetUp) { try service.setup.requireNotSetUp() }
        #expect(throws: AuthError.alreadySetUp) {
            try setUp { $0.email = .text("other@example.org") }
        }
        #expect(world.account("other@example.org") == nil)
    }

    @Test func `of two concurrent setups the second fails`() throws {
        let world = world
        let first = request { $0.email = .text("first@example.org") }
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().setup.setUp(first, from: .sample)
            }
        }
        #expect(throws: AuthError.alreadySetUp) { try setUp() }
        #expect(world.account("owner@example.org") == nil)
    }

    @Test func `a taken email is rejected before any hashing`() {
        #expect(throws: AuthError.emailTaken) {
            try setUp { $0.email = .text(Person.customer.email) }
        }
        #expect(world.gate.turns == 0 && !world.store.state.hasOwner)
    }

    @Test func `setup refuses a database that contains accounts`() {
        world.store.change { $0.occupiedNames = ["theirs"] }
        #expect(throws: AuthError.databaseInUse) {
            try setUp { $0.databaseName = .text("theirs") }
        }
        #expect(!world.store.state.hasOwner && world.store.memory.databaseName == "lunauth")
    }

    @Test func `a database name fixed by the environment cannot be changed`() throws {
        var rules = world.rules
        rules.fixedDatabaseName = "lunauth"
        let fixed = try world.service(rules: rules)
        #expect(
            fieldsAtFault {
                _ = try fixed.setup.setUp(
                    request { $0.databaseName = .text("other") }, from: .sample)
            } == ["databaseName"])
        _ = try fixed.setup.setUp(request { $0.databaseName = .text("lunauth") }, from: .sample)
    }

    @Test func `an origin fixed by the environment takes precedence`() throws {
        var rules = world.rules
        rules.website = try .fixed(#require(Origin("https://fixed.example")))
        let fixed = try world.service(rules: rules)
        _ = try fixed.setup.setUp(
            request { $0.websiteURL = .text("https://a.example") }, from: .sample)
        #expect(fixed.websiteURL.host == "fixed.example")
        #expect(service.websiteURL.host == "a.example")
    }
}

struct SetupCodeTests {
    private func matches(_ code: String, _ shown: String) -> Bool {
        SetupCode(code).matches(Array(shown.utf8)[...])
    }

    @Test func `a setup code matches only itself`() {
        #expect(matches("abc-123", "abc-123"))
        for shown in ["", "abc-12", "abc-1234", "ABC-123", " abc-123"] {
            #expect(!matches("abc-123", shown))
        }
    }

    @Test func `an empty code matches nothing`() {
        #expect(!matches("", ""))
        #expect(!matches("", "x"))
    }

    @Test func `random codes have 128 bits and are unique`() {
        let codes = (0..<100).map { _ in SetupCode.random().text }
        #expect(Set(codes).count == 100)
        #expect(codes.allSatisfy { $0.utf8.count == 22 })
    }
}
