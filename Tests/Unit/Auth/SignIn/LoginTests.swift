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
    func `the correct password creates a session`(person: Person) throws {
        let signedIn = try service.login(person.email)
        #expect(signedIn.account == world.account(person.email))
        #expect(signedIn.lifetime == 2_592_000)
        #expect(signedIn.sessionToken.utf8.count == 43)
        let byCookie = try service.authenticate(.cookie(signedIn.sessionToken))
        let byToken = try service.authenticate(.bearer(signedIn.accessToken))
        #expect(byCookie.account == signedIn.account && byCookie.session == byToken.session)
    }

    @Test func `every login creates a session and keeps the existing ones`() throws {
        let (one, other) = (
            try service.login(Person.customer.email), try service.login("CUSTOMER@example.org")
        )
        #expect(one.sessionToken != other.sessionToken)
        #expect(
            try service.authenticate(.cookie(one.sessionToken)).session?.id
                != service.authenticate(.cookie(other.sessionToken)).session?.id)
    }

    @Test func `the 101st session ends the oldest one`() throws {
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
    func `a wrong password is the same error after the same work for any email`(email: String)
        throws
    {
        let turns = world.gate.turns
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        #expect(world.gate.turns == turns + 1)
        #expect(world.store.writes == 0)
    }

    @Test(arguments: [
        "", "x", String(repeating: "x", count: 257), String(repeating: "\u{301}", count: 30_000),
    ])
    func `a password outside the allowed lengths is reported as a wrong password`(password: String)
    {
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(Person.customer.email, password)
        }
    }

    @Test func `a wrong password against a hash with fewer iterations is the same error`() throws {
        let costly = try world.service(iterations: 5_000)
        #expect(throws: AuthError.invalidCredentials) {
            try costly.login(Person.customer.email, "wrong")
        }
        #expect(world.gate.turns == 1)
    }

    @Test(arguments: [
        (Person.pending, AuthError.pendingApproval), (.disabled, .accountDisabled),
    ])
    func `the account status is revealed only after the correct password`(
        person: Person, error: AuthError
    ) {
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(throws: error) { try service.login(person.email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test(arguments: [Person.member, .customer])
    func `disabling native sign-in leaves only administrators able to sign in`(person: Person)
        throws
    {
        world.store.change { $0.settings.nativeSignin = false }
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        #expect(throws: AuthError.nativeSigninDisabled) { try service.login(person.email) }
        try service.login(Person.owner.email)
        try service.login(Person.admin.email)
    }

    @Test func `missing email and password are reported together`() {
        let service = service
        #expect(throws: AuthError.invalidInput([.missing("email"), .missing("password")])) {
            try service.signIn.login(
                email: .absent, password: .absent, by: SignInClient(.sample))
        }
        #expect(
            fieldsAtFault {
                _ = try service.signIn.login(
                    email: .notText, password: .text("x"), by: SignInClient(.sample))
            } == ["email"])
        #expect(world.gate.turns == 0 && world.store.reads == 0)
    }
}

/// Changes that are committed between the password check and the login's own commit.
struct LoginRaceTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    @Test func `a password changed during the login is wrong`() throws {
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
    func `a status changed during the login is the one that counts`(
        status: Account.Status, error: AuthError
    ) throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.status = status } }
        #expect(throws: error) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a setting changed during the login is the one that counts`() throws {
        let world = world
        world.gate.duringNextTurn { world.store.change { $0.settings.nativeSignin = false } }
        #expect(throws: AuthError.nativeSigninDisabled) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `an account deleted during the login is reported as invalid credentials`() throws {
        let world = world
        world.gate.duringNextTurn { world.store.change { $0.credentials = [] } }
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
        #expect(world.store.memory.sessions.isEmpty)
    }

    @Test func `a role changed during the login is the one that is returned`() throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.role = .admin } }
        #expect(try service.login(email).account.role == .admin)
    }
}

/// Rehashing of stored passwords at login.
struct RehashTests {
    private let world: World
    private let email = Person.customer.email

    init() throws { world = try World(.owner, .customer) }

    private var stored: PasswordHash? {
        world.store.memory.credentials.first { $0.account.email.address == email }?.passwordHash
    }

    @Test(arguments: [2_000, 1_000])
    func `the login rehashes the password after a change of the iteration count`(configured: Int)
        throws
    {
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

    @Test func `a rehash keeps devices trusted and concurrent logins valid`() throws {
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

    @Test func `a failed login does not rehash the password`() throws {
        let before = stored
        let service = try world.service(iterations: 2_000)
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        world.change(email) { $0.status = .disabled }
        #expect(throws: AuthError.accountDisabled) { try service.login(email) }
        #expect(stored == before)
    }

    @Test func `an unchanged iteration count keeps the hash`() throws {
        let before = stored
        try world.service().login(email)
        #expect(stored == before)
    }
}
