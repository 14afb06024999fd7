import Crypto
import Testing
import TestSupport

@testable import Auth

struct ThrottleTests {
    private let clock = TestClock()

    private func throttle(isEnabled: Bool = true, capacity: Int = 1_024) -> Throttle {
        let clock = clock
        return Throttle(isEnabled: isEnabled, capacity: capacity) { clock.monotonic }
    }

    /// The wait in seconds that the refusal reports; nil without a refusal.
    private func wait(_ work: () throws -> Void) -> Int? {
        do {
            try work()
            return nil
        } catch AuthError.tooManyRequests(let seconds, _) {
            return seconds
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private func attempt(
        _ throttle: Throttle, at email: String = "ada@example.org",
        by proof: FailedLogins.Proof? = nil, from network: Int = 1
    ) throws(AuthError) {
        _ = try throttle.beginAttempt(
            at: email, by: proof, from: .ipv4(UInt32(network)))
    }

    /// Runs work with a permit for one derivation.
    private func hash(
        _ throttle: Throttle, at address: String = "ada@example.org", knownTo account: UUID? = nil,
        from network: Throttle.Network = .sample, _ work: () throws -> Void = {}
    ) throws {
        let client = ClientContext(network: network, address: nil, userAgent: nil)
        let admission = try throttle.admitHashing(at: address, knownTo: account, from: client)
        let outcome = try throttle.whileHashing(admission) { _ in Result { try work() } }
        try outcome.get()
    }

    @Test func `each limit counts its refusals`() throws {
        let throttle = throttle()
        for _ in 0..<33 { _ = wait { try throttle.admit(.login, from: .sample) } }
        for _ in 0..<21 { _ = wait { try throttle.admit(.signup, from: .sample) } }
        for _ in 0..<12 { _ = wait { try throttle.admit(.setup, from: .sample) } }
        for _ in 0..<15 { _ = wait { try throttle.admit(.mail, from: .sample) } }
        for _ in 0..<37 { _ = wait { try throttle.admit(.passwordCheck, from: .sample) } }
        for _ in 0..<123 { _ = wait { try throttle.admit(.challenge, from: .sample) } }
        let recipient = try #require(Email("a@example.org"))
        for _ in 0..<18 { _ = wait { try throttle.admitNewAccount(with: recipient) } }
        let client = ClientContext(
            network: .sample, address: nil, userAgent: nil,
            admission: try throttle.admit(.login, from: .sample, mayBeKnown: true))
        let account = UUID.random()
        for _ in 0..<11 {
            _ = wait {
                _ = try throttle.admitHashing(at: "a@example.org", knownTo: account, from: client)
            }
        }
        for network in 0..<66 { _ = wait { try attempt(throttle, from: network) } }
        let session = FailedLogins.Proof.session(.random())
        for network in 100..<112 { _ = wait { try attempt(throttle, by: session, from: network) } }
        for _ in 0..<7 { _ = wait { try attempt(throttle, at: "eve@example.org") } }
        func nest(_ depth: Int) throws {
            try hash(throttle) { if depth > 1 { _ = wait { try nest(depth - 1) } } }
        }
        _ = wait { try nest(9) }
        for _ in 0..<122 { _ = wait { try hash(throttle, at: "eve@example.org") } }
        let counts = Throttle.Limit.allCases.map { throttle.refusals(by: $0) }
        #expect(counts == [4, 1, 2, 5, 7, 3, 0, 1, 8, 2, 2, 1, 2, 8, 0, 0, 0, 0])
    }

    @Test(arguments: [
        (Throttle.Action.login, 30, 20), (.signup, 20, 10), (.setup, 10, 6), (.mail, 10, 5),
        (.passwordCheck, 30, 20), (.challenge, 120, 30),
    ])
    func `a network has a burst and then a steady rate`(
        action: Throttle.Action, burst: Int, perMinute: Int
    ) {
        let throttle = throttle()
        for _ in 0..<burst { #expect(wait { try throttle.admit(action, from: .sample) } == nil) }
        #expect(wait { try throttle.admit(action, from: .sample) } == 60 / perMinute)
        clock.advance(seconds: 60)
        let admitted = (0..<perMinute * 2).count { _ in
            wait { try throttle.admit(action, from: .sample) } == nil
        }
        #expect(admitted == perMinute)
    }

    @Test(arguments: Throttle.Action.allCases)
    func `the reported wait in seconds is sufficient and exact`(
        action: Throttle.Action
    ) throws {
        let throttle = throttle()
        while wait({ try throttle.admit(action, from: .sample) }) == nil {}
        clock.advance(nanoseconds: 1_300_000_000)
        let seconds = try #require(wait { try throttle.admit(action, from: .sample) })
        clock.advance(seconds: seconds - 1)
        #expect(wait { try throttle.admit(action, from: .sample) } == 1)
        clock.advance(seconds: 1)
        #expect(wait { try throttle.admit(action, from: .sample) } == nil)
    }

    @Test func `the actions of a network have separate limits`() {
        let throttle = throttle()
        while wait({ try throttle.admit(.setup, from: .sample) }) == nil {}
        #expect(wait { try throttle.admit(.login, from: .sample) } == nil)
        #expect(wait { try throttle.admit(.setup, from: .ipv4(1)) } == nil)
    }

    @Test func `networks of different kinds with the same bits are distinct`() {
        #expect(Throttle.Network.ipv4(0) != .local)
        #expect(Throttle.Network.ipv4(7) != .ipv6(prefix: 7))
        #expect(Throttle.Network.ipv6(prefix: 7) == .ipv6(prefix: 7))
    }

    @Test func `a network runs four derivations at once and the fifth is refused`() throws {
        let throttle = throttle()
        func nest(_ depth: Int) throws -> Int {
            guard depth > 0 else {
                #expect(wait { try hash(throttle, at: "e@example.org") } == 1)
                #expect(wait { try hash(throttle, at: "e@example.org", from: .ipv4(1)) } == nil)
                return 0
            }
            var depths = 0
            try hash(throttle, at: "\(depth)@example.org") { depths = try nest(depth - 1) }
            return depths + 1
        }
        // The second pass shows that every permit was returned.
        for _ in 0..<2 { #expect(try nest(4) == 4) }
    }

    @Test func `a permit is returned when the work throws`() {
        let throttle = throttle()
        for _ in 0..<10 {
            #expect(throws: AuthError.emailTaken) {
                try hash(throttle) { throw AuthError.emailTaken }
            }
        }
    }

    @Test func `disabled limits allow everything`() throws {
        let throttle = throttle(isEnabled: false)
        for _ in 0..<1_000 {
            #expect(wait { try throttle.admit(.setup, from: .sample) } == nil)
            #expect(wait { try hash(throttle) } == nil)
            #expect(wait { try attempt(throttle) } == nil)
        }
        #expect(throttle.failedLogins.takeChanges(limit: .max, at: clock.now).isEmpty)
        var deepest = 0
        func nest(_ depth: Int) throws {
            deepest = depth
            if depth < 20 { try hash(throttle) { try nest(depth + 1) } }
        }
        try nest(0)
        #expect(deepest == 20)
    }

    @Test func `limits can be enabled and disabled while the server runs`() {
        let throttle = throttle(isEnabled: false)
        throttle.setEnabled(true)
        while wait({ try throttle.admit(.setup, from: .sample) }) == nil {}
        throttle.setEnabled(false)
        #expect(wait { try throttle.admit(.setup, from: .sample) } == nil)
        throttle.setEnabled(true)
        #expect(wait { try throttle.admit(.setup, from: .sample) } != nil)
    }

    @Test func `a flood of other networks does not reset a limit`() {
        let throttle = throttle(capacity: 64)
        while wait({ try throttle.admit(.setup, from: .sample) }) == nil {}
        for address in 0..<10_000 as Range<UInt32> {
            _ = wait { try throttle.admit(.setup, from: .ipv4(address)) }
        }
        #expect(wait { try throttle.admit(.setup, from: .sample) } != nil)
    }
}
