import Crypto
import Testing
import TestSupport

@testable import Auth

/// Whom the work of hashing is done for, and for whom not.
struct AdmissionTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    /// What a request asks for that hashes, by a session of the customer.
    private static let verbs: [@Sendable (AuthService, Credentials, ClientContext) throws -> Void] =
        [
            { service, session, client in
                try service.changePassword(to: "another password", by: session, at: client)
            },
            { service, session, client in
                try service.deleteAccount(
                    password: .text("wrong"), of: service.caller(session), from: client)
            },
            { service, session, client in
                try service.changeEmail(
                    to: .text("new@example.org"), password: .text("wrong"),
                    by: service.caller(session), from: client)
            },
        ]

    /// Begins a request within the turn of another, each from a network of its own, until one is
    /// turned away; how many were not.
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
    func `one account has four derivations at once however many networks it is in`(
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
    func `strangers have four derivations at once at an address, whether or not it exists`(
        email: String
    ) {
        let world = world
        let passed = Self.nested(0, in: world) { depth in
            try world.service().login(email, "wrong", from: .stranger(depth << 16))
        }
        #expect(passed == 4)
    }

    @Test func `while strangers have all places at an address its known clients have their own`()
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

    @Test func `a right password counts for how often an address may be tried`() throws {
        for number in 0..<120 { try service.login(email, from: .stranger(number)) }
        for address in [email, "CUSTOMER@example.org"] {
            #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) {
                try service.login(address, from: .stranger(7))
            }
        }
        try service.login(Person.owner.email)
        #expect(world.throttle.refusals(by: .hashingOfAddress) == 2)
        let session = try world.signIn(email)
        _ = try service.confirm(Person.password, of: service.caller(session), from: .sample)
        // As many sessions have begun as an account may begin at once.
        world.clock.advance(seconds: 3)
        try service.login(email)
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org"])
    func `that tells of no account`(email: String) throws {
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

    @Test func `a session changes its password so often from wherever it is`() throws {
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
    func `a session acts by its own allowance where its network has none left`(verb: Int) throws {
        let session = try world.signIn(email)
        while (try? world.throttle.admit(.passwordCheck, from: .sample)) != nil {}
        let turns = world.gate.turns
        for number in 0..<12 {
            let admission = try service.admit(.passwordCheck, from: .sample, mayBeKnown: true)
            let client = ClientContext(
                network: .sample, address: nil, userAgent: nil, admission: admission)
            let caller = try service.caller(session)
            let run = {
                _ = try service.confirm(Person.password, of: caller, from: client)
            }
            if number < 10 {
                try run()
            } else {
                #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) { try run() }
            }
        }
        #expect(world.gate.turns == turns + 10)
    }

    @Test func `whoever shows nothing is turned away by the network at once`() {
        for action in Throttle.Action.allCases {
            while (try? world.throttle.admit(action, from: .sample)) != nil {}
            #expect(throws: AuthError.self) {
                try service.admit(action, from: .sample, mayBeKnown: false)
            }
        }
        for action in [Throttle.Action.signup, .setup] {
            #expect(throws: AuthError.self, "no account knows who opens one") {
                try service.admit(action, from: .sample, mayBeKnown: true)
            }
        }
    }

    @Test func `a new password that is the present one is refused before anything is hashed`()
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

    @Test func `an address is asked about ten times and then twice a minute`() throws {
        let email = email
        func ask(_ number: Int) throws {
            let client = ClientContext.stranger(number << 16)
            if number % 2 == 0 {
                _ = try service.signup(
                    email: .text(email), password: .text("secure123"), name: .absent, from: client)
            } else {
                _ = try service.register(
                    username: .text("name"), email: .text(email.uppercased()),
                    password: .text("secure123"), invite: nil, from: client)
            }
        }
        for number in 0..<10 { #expect(throws: AuthError.emailTaken) { try ask(number) } }
        for number in 0..<2 {
            #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try ask(number) }
        }
        world.clock.advance(seconds: 30)
        #expect(throws: AuthError.emailTaken) { try ask(50) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try ask(51) }
        try service.signup("else@example.org")
    }
}
