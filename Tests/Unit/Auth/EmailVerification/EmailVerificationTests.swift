import Crypto
import Testing
import TestSupport

@testable import Auth

struct EmailVerificationTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func verify(_ token: String) throws { _ = try service.verifyEmail(token) }

    @Test func `signup sends a welcome mail with a link that confirms the address`() throws {
        let account = try service.signup("new@example.org", name: .text("Ada")).account
        #expect(account.emailVerifiedAt == nil && world.store.writes == 1)
        let mails = try world.mails()
        #expect(mails.map(\.kind) == [.welcome] && mails.map(\.to) == ["new@example.org"])
        #expect(world.store.memory.mails[0].mail.accountID == account.id)
        let values = mails[0].values
        #expect(
            values == [
                "name": "new", "link": "http://localhost/auth/email/verify?token=\(values.token)",
            ])
        try verify(values.token)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
    }

    @Test func `registration sends a link that confirms the address`() throws {
        try service.register("new@example.org")
        let mails = try world.mails().filter { $0.to == "new@example.org" }
        #expect(mails.map(\.kind) == [.verify])
        try verify(mails[0].values.token)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
    }

    @Test func `an invite does not confirm its address because its creator knows the code`() throws
    {
        world.store.change {
            $0.invites = [
                StoredInvite(code: "bound", email: Email("bound@example.org")),
                StoredInvite(code: "open"),
            ]
        }
        try service.register("bound@example.org", invite: "bound")
        try service.register("open@example.org", invite: "open")
        #expect(world.account("bound@example.org")?.emailVerifiedAt == nil)
        #expect(try world.mails().map(\.kind) == [.verify, .verify])
    }

    @Test(arguments: [Account.Role.member, .owner])
    func `accounts created by the operator are sent a link`(role: Account.Role) throws {
        let world = try World()
        let service = try world.service()
        let account = try service.administration.createAccount(
            email: "new@example.org", name: nil, password: Person.password, role: role)
        #expect(account.emailVerifiedAt == nil)
        let mail = try #require(try world.mails().first)
        #expect(mail.kind == .verify && mail.to == "new@example.org")
        #expect(try world.mails().count == 1)
        try service.verifyEmail(mail.values.token)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
    }

    @Test func `accounts created by the operator are confirmed when no mail can be sent`() throws {
        let world = try World(people: [], sendsMail: false, rules: .sample())
        let account = try world.service().administration.createAccount(
            email: "new@example.org", name: nil, password: Person.password, role: .owner)
        #expect(account.emailVerifiedAt == world.clock.now)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
        #expect(world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a failed signup sends no mail`() throws {
        let world = world
        world.gate.duringNextTurn {
            #expect(throws: Never.self) { try world.service().signup("new@example.org") }
        }
        #expect(throws: AuthError.emailTaken) { try service.signup("new@example.org") }
        #expect(try world.mails().count == 1 && world.store.memory.linkTokens.count == 1)
    }

    @Test func `without a transport no mails or links are created`() throws {
        let world = try World(people: [.customer], sendsMail: false, rules: .sample())
        let service = try world.service()
        try service.signup("new@example.org")
        try service.register("other@example.org")
        let session = try world.signIn(email)
        #expect(throws: AuthError.mailNotConfigured) {
            try service.email.resendVerification(to: service.caller(session))
        }
        #expect(throws: AuthError.mailNotConfigured) {
            try service.changeEmail(to: "third@example.org", by: session)
        }
        #expect(world.store.memory.mails.isEmpty && world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a confirmation link is single-use and valid for one day`() throws {
        try world.addLink("one", .verifyEmail, of: email)
        world.clock.advance(seconds: 86_399)
        try verify("one")
        #expect(throws: AuthError.invalidLink) { try verify("one") }
        try world.addLink("two", .verifyEmail, of: email)
        world.clock.advance(seconds: 86_400)
        #expect(throws: AuthError.invalidLink) { try verify("two") }
    }

    @Test func `an invalid confirmation token opens no write transaction`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        try world.addLink("decide", .decide, of: Person.pending.email)
        for token in ["", "x", "reset", "decide"] {
            #expect(throws: AuthError.invalidLink) { try verify(token) }
        }
        #expect(world.store.writes == 0)
        #expect(throws: AuthError.invalidInput([.missing("token")])) {
            try service.email.verifyEmail(
                token: .absent, password: .absent, from: .sample, presented: nil)
        }
    }

    @Test func `a disabled account cannot confirm its address`() throws {
        try world.addLink("one", .verifyEmail, of: Person.disabled.email)
        #expect(throws: AuthError.invalidLink) { try verify("one") }
        #expect(world.account(Person.disabled.email)?.emailVerifiedAt == nil)
    }

    @Test func `a pending account can confirm its address`() throws {
        try world.addLink("one", .verifyEmail, of: Person.pending.email)
        try verify("one")
        #expect(world.account(Person.pending.email)?.emailVerifiedAt == world.clock.now)
    }

    @Test(arguments: [Person.customer, .pending])
    func `a new link invalidates the previous one`(person: Person) throws {
        try world.addLink("old", .verifyEmail, of: person.email)
        let caller = try service.caller(world.signIn(person.email))
        #expect(try service.email.resendVerification(to: caller))
        #expect(throws: AuthError.invalidLink) { try verify("old") }
        let mail = try #require(try world.mails().last)
        #expect(mail.kind == .verify && mail.to == person.email)
        try verify(mail.values.token)
        #expect(
            try !service.email.resendVerification(to: service.caller(world.signIn(person.email))))
        #expect(try world.mails(of: .verify).count == 1)
    }

    @Test func `the links to one address are limited`() throws {
        let caller = try service.caller(world.signIn(email))
        for _ in 0..<3 { _ = try service.email.resendVerification(to: caller) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.email.resendVerification(to: caller)
        }
        #expect(try world.mails().count == 3)
    }

    @Test func `no link is sent to an address that was confirmed or replaced meanwhile`() throws {
        let caller = try service.caller(world.signIn(email))
        world.change(email) { $0.emailVerifiedAt = $0.createdAt }
        _ = try service.email.resendVerification(to: caller)
        world.change(email) {
            $0.emailVerifiedAt = nil
            $0.email = Email("new@example.org") ?? $0.email
        }
        _ = try service.email.resendVerification(to: caller)
        #expect(try world.mails().isEmpty)
    }
}

/// Accounts of a server that requires a confirmed address.
struct EmailVerificationRequiredTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .admin, .member, .customer)
        service = try world.service()
        world.store.change { memory in
            memory.settings.requireEmailVerification = true
            memory.settings.approval = false
        }
    }

    private func isPending(_ registration: RegistrationService.Registration) -> Bool {
        guard case .pending = registration else { return false }
        return true
    }

    @Test func `a new account is authorized once its address is confirmed`() throws {
        let signup = try service.registration.signup(
            email: .text("a@example.org"), password: .text(Person.password), name: .absent,
            from: .sample)
        let registration = try service.register("b@example.org")
        for made in [signup, registration] {
            #expect(isPending(made))
            let cookie = PresentedCredential.cookie(made.signedIn.sessionToken)
            try service.identify(cookie)
            #expect(throws: AuthError.emailUnverified) { try service.authenticate(cookie) }
        }
        for mail in try world.mails() { try service.verifyEmail(mail.values.token) }
        for made in [signup, registration] {
            try service.authenticate(.cookie(made.signedIn.sessionToken))
        }
    }

    @Test func `administrators are exempt from confirmation`() throws {
        world.store.change {
            $0.invites = [StoredInvite(code: "admin", role: .admin)]
        }
        #expect(try !isPending(service.register("admin2@example.org", invite: "admin")))
        try service.login(Person.owner.email)
        try service.login(Person.admin.email)
    }

    @Test(arguments: [Person.member, .customer])
    func `a login with the correct password sends another link instead of creating a session`(
        person: Person
    ) throws {
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(world.store.memory.mails.isEmpty)
        #expect(throws: AuthError.emailUnverified) { try service.login(person.email) }
        #expect(world.store.memory.sessions.isEmpty)
        let mail = try #require(try world.mails().last)
        #expect(mail.kind == .verify && mail.to == person.email)
        try service.verifyEmail(mail.values.token)
        try service.login(person.email)
    }

    @Test func `the response is the same when the mail limit of the address is reached`() throws {
        for _ in 0..<20 {
            #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        }
        #expect(try world.mails().count == 3)
    }

    @Test func `the setting is checked again when the login commits`() throws {
        let world = world
        world.store.change { $0.settings.requireEmailVerification = false }
        world.gate.duringNextTurn {
            world.store.change { $0.settings.requireEmailVerification = true }
        }
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a login sends no link while an address change is open`() throws {
        let session = try world.signIn(email)
        try service.changeEmail(to: "right@example.org", by: session)
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(try world.mails().map(\.to) == ["right@example.org"])
        let mail = try #require(try world.mails().last)
        try service.verifyEmail(mail.values.token)
        try service.authenticate(.cookie(session.cookie))
    }

    @Test func `a login sends a link again once the open address change has expired`() throws {
        try service.changeEmail(to: "right@example.org", by: world.signIn(email))
        world.clock.advance(seconds: 86_400)
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(try world.mails().map(\.to) == ["right@example.org", email])
    }
}
