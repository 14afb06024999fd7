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

    @Test func `a customer is welcomed with a link that confirms the address`() throws {
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

    @Test func `a member is sent a link`() throws {
        try service.register("new@example.org")
        let mails = try world.mails().filter { $0.to == "new@example.org" }
        #expect(mails.map(\.kind) == [.verify])
        try verify(mails[0].values.token)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
    }

    @Test func `an invitation confirms no address: who made it has its code, too`() throws {
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
    func `the operator's accounts are sent a link`(role: Account.Role) throws {
        let world = try World()
        let service = try world.service()
        let account = try service.createAccount(
            email: "new@example.org", name: nil, password: Person.password, role: role)
        #expect(account.emailVerifiedAt == nil)
        let mail = try #require(try world.mails().first)
        #expect(mail.kind == .verify && mail.to == "new@example.org")
        #expect(try world.mails().count == 1)
        try service.verifyEmail(mail.values.token)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
    }

    @Test func `where no mail can be sent the operator's accounts are confirmed`() throws {
        let world = try World(people: [], sendsMail: false, rules: .sample())
        let account = try world.service().createAccount(
            email: "new@example.org", name: nil, password: Person.password, role: .owner)
        #expect(account.emailVerifiedAt == world.clock.now)
        #expect(world.account("new@example.org")?.emailVerifiedAt == world.clock.now)
        #expect(world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a failed signup sends nothing`() throws {
        let world = world
        world.gate.duringNextTurn {
            #expect(throws: Never.self) { try world.service().signup("new@example.org") }
        }
        #expect(throws: AuthError.emailTaken) { try service.signup("new@example.org") }
        #expect(try world.mails().count == 1 && world.store.memory.linkTokens.count == 1)
    }

    @Test func `without a transport there are neither mails nor links`() throws {
        let world = try World(people: [.customer], sendsMail: false, rules: .sample())
        let service = try world.service()
        try service.signup("new@example.org")
        try service.register("other@example.org")
        let session = try world.signIn(email)
        #expect(throws: AuthError.mailNotConfigured) {
            try service.resendVerification(to: service.caller(session))
        }
        #expect(throws: AuthError.mailNotConfigured) {
            try service.changeEmail(to: "third@example.org", by: session)
        }
        #expect(world.store.memory.mails.isEmpty && world.store.memory.linkTokens.isEmpty)
    }

    @Test func `a link is good once and for a day`() throws {
        try world.addLink("one", .verifyEmail, of: email)
        world.clock.advance(seconds: 86_399)
        try verify("one")
        #expect(throws: AuthError.invalidLink) { try verify("one") }
        try world.addLink("two", .verifyEmail, of: email)
        world.clock.advance(seconds: 86_400)
        #expect(throws: AuthError.invalidLink) { try verify("two") }
    }

    @Test func `what is no link of this kind asks the writer nothing`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        try world.addLink("decide", .decide, of: Person.pending.email)
        for token in ["", "x", "reset", "decide"] {
            #expect(throws: AuthError.invalidLink) { try verify(token) }
        }
        #expect(world.store.writes == 0)
        #expect(throws: AuthError.invalidInput([.missing("token")])) {
            try service.verifyEmail(
                token: .absent, password: .absent, from: .sample, presented: nil)
        }
    }

    @Test func `a disabled account confirms nothing`() throws {
        try world.addLink("one", .verifyEmail, of: Person.disabled.email)
        #expect(throws: AuthError.invalidLink) { try verify("one") }
        #expect(world.account(Person.disabled.email)?.emailVerifiedAt == nil)
    }

    @Test func `an account that waits for approval may confirm its address`() throws {
        try world.addLink("one", .verifyEmail, of: Person.pending.email)
        try verify("one")
        #expect(world.account(Person.pending.email)?.emailVerifiedAt == world.clock.now)
    }

    @Test(arguments: [Person.customer, .pending])
    func `another link makes the one before useless`(person: Person) throws {
        try world.addLink("old", .verifyEmail, of: person.email)
        let caller = try service.caller(world.signIn(person.email))
        #expect(try service.resendVerification(to: caller))
        #expect(throws: AuthError.invalidLink) { try verify("old") }
        let mail = try #require(try world.mails().last)
        #expect(mail.kind == .verify && mail.to == person.email)
        try verify(mail.values.token)
        #expect(try !service.resendVerification(to: service.caller(world.signIn(person.email))))
        #expect(try world.mails(of: .verify).count == 1)
    }

    @Test func `an address gets so many links`() throws {
        let caller = try service.caller(world.signIn(email))
        for _ in 0..<3 { _ = try service.resendVerification(to: caller) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.resendVerification(to: caller)
        }
        #expect(try world.mails().count == 3)
    }

    @Test func `an address that was confirmed or replaced meanwhile gets no link`() throws {
        let caller = try service.caller(world.signIn(email))
        world.change(email) { $0.emailVerifiedAt = $0.createdAt }
        _ = try service.resendVerification(to: caller)
        world.change(email) {
            $0.emailVerifiedAt = nil
            $0.email = Email("new@example.org") ?? $0.email
        }
        _ = try service.resendVerification(to: caller)
        #expect(try world.mails().isEmpty)
    }
}

/// Where an address has to be confirmed before an account is of use.
struct HeldBackTests {
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

    private func isPending(_ registration: AuthService.Registration) -> Bool {
        guard case .pending = registration else { return false }
        return true
    }

    @Test func `a new account has to wait`() throws {
        let signup = try service.signup(
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

    @Test func `who administers need not wait`() throws {
        world.store.change {
            $0.invites = [StoredInvite(code: "admin", role: .admin)]
        }
        #expect(try !isPending(service.register("admin2@example.org", invite: "admin")))
        try service.login(Person.owner.email)
        try service.login(Person.admin.email)
    }

    @Test(arguments: [Person.member, .customer])
    func `the right password brings another link instead of a session`(person: Person) throws {
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(world.store.memory.mails.isEmpty)
        #expect(throws: AuthError.emailUnverified) { try service.login(person.email) }
        #expect(world.store.memory.sessions.isEmpty)
        let mail = try #require(try world.mails().last)
        #expect(mail.kind == .verify && mail.to == person.email)
        try service.verifyEmail(mail.values.token)
        try service.login(person.email)
    }

    @Test func `the refusal is the same when the address got enough mails`() throws {
        for _ in 0..<20 {
            #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        }
        #expect(try world.mails().count == 3)
    }

    @Test func `a setting switched meanwhile decides`() throws {
        let world = world
        world.store.change { $0.settings.requireEmailVerification = false }
        world.gate.duringNextTurn {
            world.store.change { $0.settings.requireEmailVerification = true }
        }
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `an address that was mistyped can be changed, and no login comes between`() throws {
        let session = try world.signIn(email)
        try service.changeEmail(to: "right@example.org", by: session)
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(try world.mails().map(\.to) == ["right@example.org"])
        let mail = try #require(try world.mails().last)
        try service.verifyEmail(mail.values.token)
        try service.authenticate(.cookie(session.cookie))
    }

    @Test func `a link to another address that is too old keeps no other from being sent`() throws {
        try service.changeEmail(to: "right@example.org", by: world.signIn(email))
        world.clock.advance(seconds: 86_400)
        #expect(throws: AuthError.emailUnverified) { try service.login(email) }
        #expect(try world.mails().map(\.to) == ["right@example.org", email])
    }
}
