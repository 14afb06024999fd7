import Testing
import TestSupport

@testable import Auth

/// Which login attempts count against an account.
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

    /// Fails once from each of `count` networks.
    private func fail(_ count: Int, at email: String) {
        for network in 0..<count {
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", from: .stranger(network))
            }
        }
    }

    @Test(arguments: [
        "customer@example.org", "nobody@example.org", "disabled@example.org", "no address",
    ])
    func `after sixty failures nothing is hashed, whether or not the account exists`(
        email: String
    ) {
        fail(60, at: email)
        let turns = world.gate.turns
        #expect(throws: AuthError.tooManyRequests(retryAfter: 360)) {
            try service.login(email, "wrong")
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 360)) { try service.login(email) }
        #expect(world.gate.turns == turns)
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org"])
    func `one network has five failures at an account and then waits`(email: String) {
        for wait in [30, 60, 120] {
            while !isThrottled({ try service.login(email, "wrong") }) {}
            #expect(throws: AuthError.tooManyRequests(retryAfter: wait)) {
                try service.login(email, "wrong")
            }
            #expect(!isThrottled { try service.login(email, "wrong", from: .stranger(wait)) })
            world.clock.advance(seconds: wait)
        }
    }

    @Test func `the reported wait is sufficient`() throws {
        fail(60, at: email)
        world.clock.advance(seconds: 359)
        #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) { try service.login(email) }
        world.clock.advance(seconds: 1)
        try service.login(email)
    }

    @Test func `failures are counted by address regardless of case`() {
        fail(30, at: "customer@example.org")
        fail(30, at: "CUSTOMER@EXAMPLE.ORG")
        #expect(isThrottled { try service.login("Customer@example.org") })
        #expect(!isThrottled { try service.login(Person.owner.email) })
    }

    @Test func `a correct password does not count as a failure`() throws {
        for _ in 0..<100 { try service.login(email) }
        // It still counts as an attempt.
        world.clock.advance(seconds: 60)
        fail(60, at: email)
    }

    @Test func `a correct password does not reset the failures`() throws {
        fail(59, at: email)
        try service.login(email)
        fail(1, at: email)
        #expect(isThrottled { try service.login(email) })
    }

    @Test(arguments: [Person.pending, .disabled])
    func `a refusal after the correct password does not count as a failure`(person: Person) {
        for _ in 0..<100 { #expect(!isThrottled { try service.login(person.email) }) }
        world.clock.advance(seconds: 60)
        fail(60, at: person.email)
    }

    @Test func `an internal error does not count as a failure`() {
        let world = world
        for _ in 0..<100 {
            world.gate.duringNextTurn { world.store.condition = .broken }
            #expect(throws: AuthError.unavailable("disk I/O error")) { try service.login(email) }
            world.store.condition = .well
            world.clock.advance(seconds: 1)
        }
        world.gate.isFull = true
        for _ in 0..<100 {
            #expect(throws: AuthError.overloaded(retryAfter: 3)) {
                try service.login(email, "wrong")
            }
            world.clock.advance(seconds: 1)
        }
        world.gate.isFull = false
        fail(60, at: email)
    }

    @Test func `a live session of the account signs in despite failures of unknown clients`() throws
    {
        let session = try world.signIn(email)
        fail(60, at: email)
        for credential in [PresentedCredential.cookie(session.cookie), .bearer(session.token)] {
            for _ in 0..<20 { try service.login(email, presenting: credential) }
        }
        #expect(isThrottled { try service.login(email) })
    }

    @Test func `a session has ten failures of its own over all its credentials`() throws {
        let session = try world.signIn(email)
        fail(60, at: email)
        let credentials = [PresentedCredential.cookie(session.cookie), .bearer(session.token)]
        for attempt in 0..<10 {
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", presenting: credentials[attempt % 2])
            }
        }
        for credential in credentials {
            #expect(isThrottled { try service.login(email, presenting: credential) })
        }
    }

    @Test func `an ended or foreign session gives no exemption`() throws {
        let ended = try world.signIn(email)
        try service.signIn.logout([.cookie(ended.cookie)])
        let foreign = try world.signIn(Person.owner.email)
        fail(60, at: email)
        let useless: [PresentedCredential] = [
            .cookie(ended.cookie), .bearer(ended.token), .cookie(foreign.cookie),
            .bearer(foreign.token), .bearer("x.y.z"), .cookie(""),
        ]
        for credential in useless {
            #expect(isThrottled { try service.login(email, presenting: credential) })
        }
        let live = try world.signIn(email)
        world.clock.advance(seconds: 2_592_000)
        fail(60, at: email)
        #expect(isThrottled { try service.login(email, presenting: .cookie(live.cookie)) })
    }

    @Test func `concurrent attempts count before any of them has failed`() {
        // None of the attempts ends before the last has begun.
        let passed = (0..<100 as Range<UInt32>).count { network in
            (try? world.throttle.beginAttempt(at: email, by: nil, from: .ipv4(network))) != nil
        }
        #expect(passed == 60)
    }
}
