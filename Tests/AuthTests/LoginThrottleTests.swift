import Testing
import TestSupport

@testable import Auth

/// Which attempts count against an account.
struct LoginThrottleTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func isThrottled(_ work: () throws -> Void) -> Bool {
        do {
            try work()
            return false
        } catch AuthError.tooManyRequests {
            return true
        } catch {
            return false
        }
    }

    private func fail(_ count: Int, at email: String) {
        for _ in 0..<count {
            #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        }
    }

    @Test(arguments: [
        "customer@example.org", "nobody@example.org", "disabled@example.org", "no address",
    ])
    func `after ten failures nothing is hashed whether or not the account exists`(email: String) {
        fail(10, at: email)
        let turns = world.gate.turns
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.login(email, "wrong")
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) { try service.login(email) }
        #expect(world.gate.turns == turns)
    }

    @Test func `the wait that was told suffices`() throws {
        fail(10, at: email)
        world.clock.advance(seconds: 59)
        #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) { try service.login(email) }
        world.clock.advance(seconds: 1)
        try service.login(email)
    }

    @Test func `the bucket is one for all ways to write the address`() {
        fail(5, at: "customer@example.org")
        fail(5, at: "CUSTOMER@EXAMPLE.ORG")
        #expect(isThrottled { try service.login("Customer@example.org") })
        #expect(!isThrottled { try service.login(Person.owner.email) })
    }

    @Test func `a right password does not count`() throws {
        for _ in 0..<30 { try service.login(email) }
        fail(10, at: email)
    }

    @Test func `a right password does not wash failures away`() throws {
        fail(9, at: email)
        try service.login(email)
        fail(1, at: email)
        #expect(isThrottled { try service.login(email) })
    }

    @Test(arguments: [Person.pending, .disabled])
    func `a refusal after the right password does not count`(person: Person) {
        for _ in 0..<30 { #expect(!isThrottled { try service.login(person.email) }) }
        fail(10, at: person.email)
    }

    @Test func `a fault of ours does not count`() {
        let world = world
        for _ in 0..<30 {
            world.gate.duringNextTurn { world.store.condition = .broken }
            #expect(throws: AuthError.unavailable("disk I/O error")) { try service.login(email) }
            world.store.condition = .well
        }
        world.gate.isFull = true
        for _ in 0..<30 {
            #expect(throws: AuthError.overloaded(retryAfter: 3)) {
                try service.login(email, "wrong")
            }
        }
        world.gate.isFull = false
        fail(10, at: email)
    }

    @Test func `whoever holds a live session of the account is not kept out`() throws {
        let session = try world.signIn(email)
        fail(10, at: email)
        for credential in [PresentedCredential.cookie(session.cookie), .bearer(session.token)] {
            try service.login(email, presenting: credential)
            for _ in 0..<20 {
                #expect(throws: AuthError.invalidCredentials) {
                    try service.login(email, "wrong", presenting: credential)
                }
            }
        }
        #expect(isThrottled { try service.login(email) })
    }

    @Test func `a session that is not live or not of the account helps nobody`() throws {
        let ended = try world.signIn(email)
        try service.logout([.cookie(ended.cookie)])
        let foreign = try world.signIn(Person.owner.email)
        fail(10, at: email)
        let useless: [PresentedCredential] = [
            .cookie(ended.cookie), .bearer(ended.token), .cookie(foreign.cookie),
            .bearer(foreign.token), .bearer("x.y.z"), .cookie(""),
        ]
        for credential in useless {
            #expect(isThrottled { try service.login(email, presenting: credential) })
        }
        let live = try world.signIn(email)
        world.clock.advance(seconds: 2_592_000)
        fail(10, at: email)
        #expect(isThrottled { try service.login(email, presenting: .cookie(live.cookie)) })
    }

    @Test func `attempts side by side do not all pass before one has failed`() {
        #expect(Self.nested(0, world, email) == 10)
    }

    /// Begins one attempt within the turn of another until one is refused; how many passed.
    private static func nested(_ depth: UInt32, _ world: World, _ email: String) -> Int {
        let deeper = Counter()
        world.gate.duringNextTurn { deeper.value = nested(depth + 1, world, email) }
        do {
            let client = ClientContext(network: .ipv4(depth), address: nil, userAgent: nil)
            _ = try world.service().login(
                email: .text(email), password: .text("wrong"), from: client, presented: nil)
        } catch AuthError.invalidCredentials {
            return deeper.value + 1
        } catch {
            return 0
        }
        return -1
    }
}
