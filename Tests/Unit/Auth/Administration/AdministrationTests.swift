import Testing
import TestSupport

@testable import Auth

struct AdministrationTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer, .pending)
        service = try world.service()
    }

    @Test(arguments: [Account.Role.admin, .member, .user])
    func `the operator creates an active account of any role`(role: Account.Role) throws {
        world.store.change { $0.settings.register = false }
        let account = try service.administration.createAccount(
            email: "New@example.org", name: nil, password: Person.password, role: role)
        #expect(account.role == role && account.status == .active && account.name == "new")
        try service.login("new@example.org")
    }

    @Test func `a second owner cannot be created`() throws {
        #expect(throws: AuthError.alreadySetUp) {
            try service.administration.createAccount(
                email: "new@example.org", name: "New", password: Person.password, role: .owner)
        }
        #expect(world.account("new@example.org") == nil)
        world.store.change { $0.credentials = [] }
        _ = try service.administration.createAccount(
            email: "new@example.org", name: "New", password: Person.password, role: .owner)
        #expect(throws: AuthError.alreadySetUp) { try service.setup.requireNotSetUp() }
    }

    @Test func `accounts made by the operator follow the rules for new accounts`() {
        #expect(
            fieldsAtFault {
                _ = try service.administration.createAccount(
                    email: "x", name: "", password: "password", role: .user)
            } == ["email", "name", "password"])
        #expect(throws: AuthError.emailTaken) {
            try service.administration.createAccount(
                email: Person.customer.email, name: nil, password: Person.password, role: .user)
        }
    }

    @Test func `accounts are listed by age in pages`() throws {
        let all = try service.administration.accounts(after: nil, limit: 10)
        #expect(all.map(\.name) == ["owner", "customer", "pending"])
        #expect(try service.administration.accounts(after: all[0].id, limit: 1) == [all[1]])
        #expect(try service.administration.accounts(after: all[2].id, limit: 10) == [])
    }

    @Test func `confirming an address on the command line invalidates its links`() throws {
        let service = service
        let account = try #require(world.account(Person.customer.email))
        let link = NewLinkToken(
            .verifyEmail, of: account.id, email: account.email, at: world.clock.now)
        try world.store.write { transaction throws(AuthError) in
            try transaction.issue(link.token)
        }
        let confirmed = try service.administration.confirmEmail(ofEmail: "CUSTOMER@example.org")
        #expect(confirmed?.emailVerifiedAt == world.clock.now)
        #expect(world.account(Person.customer.email) == confirmed)
        #expect(
            try world.store.linkToken(
                LinkToken.hash(of: link.text), for: .verifyEmail, at: world.clock.now) == nil)
        world.clock.advance(seconds: 60)
        #expect(
            try service.administration.confirmEmail(ofEmail: Person.customer.email) == confirmed)
        #expect(try service.administration.confirmEmail(ofEmail: "nobody@example.org") == nil)
    }

    @Test func `approval keeps the sessions of the account`() throws {
        let session = try world.signIn(Person.pending.email)
        let account = try service.administration.setStatus(.active, ofEmail: "PENDING@example.org")
        #expect(account?.status == .active)
        #expect(try service.authenticate(.cookie(session.cookie)).account == account)
    }

    @Test func `disabling ends all sessions and enabling restores none`() throws {
        let sessions = try (0..<3).map { _ in try world.signIn(Person.customer.email) }
        _ = try service.administration.setStatus(.disabled, ofEmail: Person.customer.email)
        _ = try service.administration.setStatus(.active, ofEmail: Person.customer.email)
        for session in sessions {
            #expect(throws: AuthError.unauthenticated) {
                try service.identify(.cookie(session.cookie))
            }
            #expect(throws: AuthError.invalidToken) {
                try service.identify(.bearer(session.token))
            }
        }
        try service.login(Person.customer.email)
    }

    @Test func `the owner cannot be disabled or deleted`() throws {
        #expect(throws: AuthError.ownerProtected) {
            try service.administration.setStatus(.disabled, ofEmail: Person.owner.email)
        }
        #expect(throws: AuthError.ownerProtected) {
            try service.administration.deleteAccount(ofEmail: Person.owner.email)
        }
        #expect(world.account(Person.owner.email)?.status == .active)
        #expect(
            try service.administration.setStatus(.active, ofEmail: Person.owner.email)?.role
                == .owner)
    }

    @Test func `approval on the command line notifies the account once`() throws {
        world.confirm(Person.pending.email)
        _ = try service.administration.setStatus(.active, ofEmail: Person.pending.email)
        _ = try service.administration.setStatus(.active, ofEmail: Person.pending.email)
        #expect(try world.mails().map(\.kind) == [.approved])
    }

    @Test func `deleting an account ends its sessions`() throws {
        let session = try world.signIn(Person.customer.email)
        let deleted = try service.administration.deleteAccount(ofEmail: "CUSTOMER@example.org")
        #expect(deleted?.email.address == Person.customer.email)
        #expect(world.account(Person.customer.email) == nil)
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
    }

    @Test func `setting a password ends all sessions and invalidates the old password`() throws {
        let session = try world.signIn(Person.customer.email)
        let bystander = try world.signIn(Person.owner.email)
        #expect(
            try service.administration.setPassword(
                "another password", ofEmail: Person.customer.email)?.name
                == "customer")
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(Person.customer.email)
        }
        try service.login(Person.customer.email, "another password")
        _ = try service.identify(.cookie(bystander.cookie))
    }

    @Test(arguments: ["short", "password", "customer@example.org"])
    func `a password set by the operator is validated`(password: String) throws {
        let session = try world.signIn(Person.customer.email)
        #expect(
            fieldsAtFault {
                _ = try service.administration.setPassword(password, ofEmail: Person.customer.email)
            } == ["password"])
        _ = try service.identify(.cookie(session.cookie))
    }

    @Test(arguments: ["nobody@example.org", "no address", ""])
    func `operator commands on an unknown email change nothing`(email: String) throws {
        #expect(try service.administration.setStatus(.active, ofEmail: email) == nil)
        #expect(try service.administration.setPassword(Person.password, ofEmail: email) == nil)
        #expect(try service.administration.deleteAccount(ofEmail: email) == nil)
    }
}

struct SettingsChangeTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member, .customer)
        service = try world.service()
    }

    private func caller(_ person: Person) throws -> Caller {
        try service.authenticate(.cookie(world.signIn(person.email).cookie))
    }

    @Test func `all settings are enabled on a new server`() {
        let settings = service.state.settings
        #expect(settings.nativeSignin && settings.register && settings.signup && settings.approval)
    }

    @Test(arguments: [Person.owner, .admin])
    func `an administrator changes only the named settings`(person: Person) throws {
        var change = SettingsChange()
        change.signup = false
        var expected = Settings()
        expected.signup = false
        #expect(try service.change(change, by: caller(person)) == expected)
        change = SettingsChange()
        change.approval = false
        expected.approval = false
        #expect(try service.change(change, by: caller(person)) == expected)
        #expect(service.state.settings == expected)
    }

    @Test(arguments: [Person.member, .customer])
    func `members and users cannot change settings`(person: Person) throws {
        var change = SettingsChange()
        change.signup = false
        let caller = try caller(person)
        #expect(throws: AuthError.forbidden) { try service.change(change, by: caller) }
        #expect(service.state.settings == Settings() && world.store.writes == 0)
    }

    @Test func `each setting changes independently`() throws {
        var change = SettingsChange()
        change.nativeSignin = false
        change.register = false
        let changed = change.apply(to: Settings())
        #expect(!changed.nativeSignin && !changed.register && changed.signup && changed.approval)
        change = SettingsChange()
        change.nativeSignin = true
        #expect(change.apply(to: changed).nativeSignin && !change.apply(to: changed).register)
    }

    @Test func `changing settings ends no session`() throws {
        let session = try world.signIn(Person.customer.email)
        var change = SettingsChange()
        change.nativeSignin = false
        _ = try service.change(change, by: caller(.owner))
        _ = try service.authenticate(.cookie(session.cookie))
    }

    @Test func `only disabled accounts can be enabled`() throws {
        world.change(Person.customer.email) { $0.status = .pending }
        #expect(throws: AuthError.pendingApproval) {
            try service.administration.enable(Person.customer.email)
        }
        _ = try service.administration.setStatus(.disabled, ofEmail: Person.customer.email)
        #expect(try service.administration.enable("CUSTOMER@example.org")?.status == .active)
        #expect(try service.administration.enable(Person.customer.email)?.status == .active)
        #expect(try service.administration.enable("nobody@example.org") == nil)
    }

    @Test func `the operator changes accounts by email`() throws {
        var change = AccountChange()
        change.role = .text("admin")
        change.tier = .text("team")
        change.name = .text("Ada")
        let account = try service.administration.changeAccount(
            ofEmail: "CUSTOMER@example.org", change)
        #expect(account?.role == .admin && account?.tier == .team && account?.name == "Ada")
        change.tier = .text("gold")
        #expect(
            fieldsAtFault {
                _ = try service.administration.changeAccount(ofEmail: Person.customer.email, change)
            }
                == ["tier"])
        #expect(
            try service.administration.changeAccount(ofEmail: "nobody@example.org", change) == nil)
    }

    @Test func `confirming an address twice keeps the first time`() throws {
        let account = try service.administration.confirmEmail(ofEmail: "CUSTOMER@example.org")
        #expect(account?.emailVerifiedAt == world.clock.now)
        world.clock.advance(seconds: 1)
        #expect(try service.administration.confirmEmail(ofEmail: Person.customer.email) == account)
        #expect(try service.administration.confirmEmail(ofEmail: "nobody@example.org") == nil)
    }

    @Test func `the overview counts the sessions and keys of an account`() throws {
        for _ in 1...3 { _ = try world.signIn(Person.customer.email) }
        let overview = try service.accounts.overview(ofEmail: "CUSTOMER@example.org")
        #expect(overview?.account == world.account(Person.customer.email))
        #expect(overview?.sessions == 3 && overview?.apiKeys == 0)
        #expect(try service.accounts.overview(ofEmail: "nobody@example.org") == nil)
    }
}
