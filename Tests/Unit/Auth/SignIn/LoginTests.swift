import Crypto
import Testing
import TestSupport

@testable import Auth

struct LoginTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member, .customer, .pending, .disabled)
        service = try world.service()
    }

    @Test(arguments: [Person.owner, .admin, .member, .customer])
    func `the right password begins a session`(person: Person) throws {
        let signedIn = try service.login(person.email)
        #expect(signedIn.account == world.account(person.email))
        #expect(signedIn.lifetime == 2_592_000)
        #expect(signedIn.sessionToken.utf8.count == 43)
        let byCookie = try service.authenticate(.cookie(signedIn.sessionToken))
        let byToken = try service.authenticate(.bearer(signedIn.accessToken))
        #expect(byCookie.account == signedIn.account && byCookie.session == byToken.session)
    }

    @Test func `every login makes a new session and leaves the old one`() throws {
        let (one, other) = (
            try service.login(Person.customer.email), try service.login("CUSTOMER@example.org")
        )
        #expect(one.sessionToken != other.sessionToken)
        #expect(
            try service.authenticate(.cookie(one.sessionToken)).session?.id
                != service.authenticate(.cookie(other.sessionToken)).session?.id)
    }

    @Test func `of more than a hundred sessions the oldest ends`() throws {
        world.throttle.setEnabled(false)
        let first = try service.login(Person.customer.email)
        let second = try service.login(Person.customer.email)
        for _ in 0..<99 { try service.login(Person.customer.email) }
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(first.sessionToken))
        }
        #expect(try service.identify(.cookie(second.sessionToken)).account == second.account)
    }

    @Test(arguments: [
        "nobody@example.org", "customer@example.com", "no address", "", "customer@example.org ",
        "pending@example.org", "disabled@example.org", "customer@example.org", "owner@example.org",
    ])
    func `a wrong password is the same error after the same work`(email: String) throws {
        let turns = world.gate.turns
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        #expect(world.gate.turns == turns + 1)
        #expect(world.store.writes == 0)
    }

    @Test(arguments: [
        "", "x", String(repeating: "x", count: 257), String(repeating: "\u{301}", count: 30_000),
    ])
    func `a password that no account may have is merely wrong`(password: String) {
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(Person.customer.email, password)
        }
    }

    @Test func `a wrong password at a lower stored cost is the same error`() throws {
        let costly = try world.service(iterations: 5_000)
        #expect(throws: AuthError.invalidCredentials) {
            try costly.login(Person.customer.email, "wrong")
        }
        #expect(world.gate.turns == 1)
    }

    @Test(arguments: [
        (Person.pending, AuthError.pendingApproval), (.disabled, .accountDisabled),
    ])
    func `a status shows only after the right password`(person: Person, error: AuthError) {
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(throws: error) { try service.login(person.email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test(arguments: [Person.member, .customer])
    func `without native sign-in only administrators have a password`(person: Person) throws {
        world.store.change { $0.settings.nativeSignin = false }
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(throws: AuthError.nativeSigninDisabled) { try service.login(person.email) }
        try service.login(Person.owner.email)
        try service.login(Person.admin.email)
    }

    @Test func `both inputs are named when neither is there`() {
        let service = service
        #expect(throws: AuthError.invalidInput([.missing("email"), .missing("password")])) {
            try service.login(email: .absent, password: .absent, from: .sample, presented: nil)
        }
        #expect(
            fieldsAtFault {
                _ = try service.login(
                    email: .notText, password: .text("x"), from: .sample, presented: nil)
            } == ["email"])
        #expect(world.gate.turns == 0 && world.store.reads == 0)
    }
}

/// What happens between the check of the password and the commit.
struct LoginRaceTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    @Test func `a password changed meanwhile is wrong now`() throws {
        let other = PasswordHash.derive(
            password: Array("another".utf8), iterations: 1_000, using: PBKDF2(.blockFunction))
        let world = world
        world.gate.duringNextTurn {
            world.store.change { memory in
                memory.credentials = memory.credentials.map {
                    AccountCredential(account: $0.account, passwordHash: other)
                }
            }
        }
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test(arguments: [
        (Account.Status.disabled, AuthError.accountDisabled), (.pending, .pendingApproval),
    ])
    func `a status changed meanwhile decides`(status: Account.Status, error: AuthError) throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.status = status } }
        #expect(throws: error) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a setting changed meanwhile decides`() throws {
        let world = world
        world.gate.duringNextTurn { world.store.change { $0.settings.nativeSignin = false } }
        #expect(throws: AuthError.nativeSigninDisabled) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `an account deleted meanwhile is unknown`() throws {
        let world = world
        world.gate.duringNextTurn { world.store.change { $0.credentials = [] } }
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a role changed meanwhile is the one that is answered`() throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.role = .admin } }
        #expect(try service.login(email).account.role == .admin)
    }
}

/// What a login does to the stored hash.
struct RehashTests {
    private let world: World
    private let email = Person.customer.email

    init() throws { world = try World(.owner, .customer) }

    private var stored: PasswordHash? {
        world.store.memory.credentials.first { $0.account.email.address == email }?.passwordHash
    }

    @Test(arguments: [2_000, 1_000])
    func `a changed cost is stored at the next login`(configured: Int) throws {
        let former = configured == 1_000 ? 2_000 : 1_000
        world.store.change { $0.credentials = [] }
        try world.add(email, iterations: former)
        let service = try world.service(iterations: configured)
        try service.login(email)
        #expect(stored?.iterations == configured)
        #expect(world.gate.turns == 2)
        try service.login(email)
        #expect(world.gate.turns == 3)
    }

    @Test func `a changed cost leaves devices known, and logins beside it right`() throws {
        let device = try world.service().login(email).deviceToken
        let costlier = try world.service(iterations: 2_000)
        let known = try #require(costlier.client(device).device)
        let (world, email) = (world, email)
        world.store.beforeNextWrite { _ = try? world.service(iterations: 2_000).login(email) }
        try costlier.login(email)
        #expect(stored?.iterations == 2_000)
        let credential = try #require(
            world.store.memory.credentials.first { $0.account.email.address == email })
        #expect(known.isTrusted(for: credential))
    }

    @Test func `a wrong password and a refused account keep their hash`() throws {
        let before = stored
        let service = try world.service(iterations: 2_000)
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        world.change(email) { $0.status = .disabled }
        #expect(throws: AuthError.accountDisabled) { try service.login(email) }
        #expect(stored == before)
    }

    @Test func `an unchanged cost keeps its hash`() throws {
        let before = stored
        try world.service().login(email)
        #expect(stored == before)
    }
}
