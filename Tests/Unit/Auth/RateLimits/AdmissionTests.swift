import Crypto
import Testing
import TestSupport

@testable import Auth

/// Which requests are admitted to password hashing.
struct AdmissionTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    /// Requests of a customer's session that hash a password.
    private static let verbs: [@Sendable (AuthService, Credentials, ClientContext) throws -> Void] =
        [
            { service, session, client in
                try service.changePassword(to: "another password", by: session, at: client)
            },
            { service, session, client in
                try service.accounts.deleteAccount(
                    password: .text("wrong"), of: service.caller(session), from: client)
            },
            { service, session, client in
                try service.email.changeEmail(
                    to: .text("new@example.org"), password: .text("wrong"),
                    by: service.caller(session), from: client)
            },
        ]

    /// Begins a request within the turn of another, each from its own network, until one is
    /// refused; returns how many were admitted.
    private static func nested(
        _ depth: Int, in world: World, _ request: @escaping @Sendable (Int) throws -> Void
    ) -> Int {
        guard depth < 40 else { return 0 }
        let deeper = Counter()
        world.gate.duringNextTurn { deeper.value = nested(depth + 1, in: world, request) }
        do {
            try request(depth)
        } catch AuthError.tooManyRequests(_, .hashing) {
            return 0
        } catch {}
        return deeper.value + 1
    }

    @Test(arguments: 0..<3)
    func `one account runs four derivations at once, however many networks it uses`(
        verb: Int
    ) throws {
        let session = try world.signIn(email)
        let world = world
        let passed = Self.nested(0, in: world) { depth in
            try Self.verbs[verb](world.service(), session, .stranger(depth << 16))
        }
        #expect(passed == 4)
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org", "no address"])
    func
        `unknown clients run four derivations at once for an address, whether or not it has an account`(
            email: String
        )
    {
        let world = world
        let passed = Self.nested(0, in: world) { depth in
            try world.service().login(email, "wrong", from: .stranger(depth << 16))
        }
        #expect(passed == 4)
    }

    @Test
    func `known clients keep their own places when unknown clients use all places of an address`()
        throws
    {
        let device = service.client(try service.login(email).deviceToken)
        let session = try world.signIn(email)
        let (world, email) = (world, email)
        let passed = Counter()
        _ = Self.nested(0, in: world) { depth in
            guard depth == 4 else {
                try world.service().login(email, "wrong", from: .stranger(depth << 16))
                return
            }
            let service = try world.service()
            #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) {
                try service.login(email, from: .stranger(9 << 16))
            }
            try service.login(email, from: device)
            try service.login(email, presenting: .cookie(session.cookie))
            try service.changePassword(to: "another password", by: session)
            passed.value += 1
            throw AuthError.tooManyRequests(retryAfter: 1, limit: .hashing)
        }
        #expect(passed.value == 1)
    }

    @Test func `a correct password counts against the attempts at an address`() throws {
        for number in 0..<120 { try service.login(email, from: .stranger(number)) }
        for address in [email, "CUSTOMER@example.org"] {
            #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) {
                try service.login(address, from: .stranger(7))
            }
        }
        try service.login(Person.owner.email)
        #expect(world.throttle.refusals(by: .hashingOfAddress) == 2)
        let session = try world.signIn(email)
        _ = try service.context.confirm(Person.password, of: service.caller(session), from: .sample)
        // The account has begun as many sessions as it may at once.
        world.clock.advance(seconds: 3)
        try service.login(email)
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org"])
    func `the limit of an address does not reveal whether it has an account`(email: String) throws {
        for number in 0..<120 {
            _ = try world.throttle.admitHashing(
                at: email, knownTo: nil, from: .stranger(number << 16))
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) {
            try service.login(email, "wrong")
        }
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
    }

    @Test func `a session's password changes are limited over all networks`() throws {
        let session = try world.signIn(email)
        var passwords = ["a password", "a pass word"]
        try service.changePassword(to: passwords[1], by: session)
        var changes = 1
        for number in 0..<300 {
            do {
                try service.changePassword(
                    from: passwords[1], to: passwords[0], by: session, at: .stranger(number << 16))
            } catch AuthError.tooManyRequests { break }
            passwords.swapAt(0, 1)
            changes += 1
        }
        #expect(changes == 120)
        try service.login(email, passwords[1])
    }

    @Test(arguments: 0..<3)
    func `a session has its own limit when its network's is used up`(verb: Int) throws {
        let session = try world.signIn(email)
        while (try? world.throttle.admit(.passwordCheck, from: .sample)) != nil {}
        let turns = world.gate.turns
        for number in 0..<12 {
            let admission = try service.admit(.passwordCheck, from: .sample, mayBeKnown: true)
            let client = ClientContext(
                network: .sample, address: nil, userAgent: nil, admission: admission)
            let caller = try service.caller(session)
            let run = {
                _ = try service.context.confirm(Person.password, of: caller, from: client)
            }
            if number < 10 {
                try run()
            } else {
                #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) { try run() }
            }
        }
        #expect(world.gate.turns == turns + 10)
    }

    @Test func `a request without credentials is refused at the network's limit`() {
        for action in Throttle.Action.allCases {
            while (try? world.throttle.admit(action, from: .sample)) != nil {}
            #expect(throws: AuthError.self) {
                try service.admit(action, from: .sample, mayBeKnown: false)
            }
        }
        for action in [Throttle.Action.signup, .setup] {
            #expect(throws: AuthError.self, "no account can vouch for a new one") {
                try service.admit(action, from: .sample, mayBeKnown: true)
            }
        }
    }

    @Test func `the current password is rejected as the new one before any hashing`()
        throws
    {
        let session = try world.signIn(email)
        let turns = world.gate.turns
        for (current, new) in [
            (Person.password, Person.password), ("not the present", "not the present"),
            ("caf\u{E9} au lait", "cafe\u{301} au lait"),
        ] {
            #expect(
                fieldsAtFault {
                    try service.changePassword(from: current, to: new, by: session)
                } == ["newPassword"])
        }
        #expect(world.gate.turns == turns)
        try service.changePassword(to: "another password", by: session)
    }

    @Test func `signups with one address are limited to ten at once and two a minute`() throws {
        let email = email
        func open(_ number: Int) throws {
            let client = ClientContext.stranger(number << 16)
            if number % 2 == 0 {
                _ = try service.registration.signup(
                    email: .text(email), password: .text("secure123"), name: .absent, from: client)
            } else {
                _ = try service.registration.register(
                    username: .text("name"), email: .text(email.uppercased()),
                    password: .text("secure123"), invite: nil, from: client)
            }
        }
        for number in 0..<10 { #expect(throws: AuthError.emailTaken) { try open(number) } }
        for number in 0..<2 {
            #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try open(number) }
        }
        world.clock.advance(seconds: 30)
        #expect(throws: AuthError.emailTaken) { try open(50) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try open(51) }
        try service.signup("else@example.org")
    }
}
