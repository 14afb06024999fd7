import Crypto
import Testing
import TestSupport

@testable import Auth

/// Failed logins: gathered by account and network, and recorded apart from their responses.
struct FailedLoginEventsTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
        service.begin(for: .sample)
    }

    private var id: UUID {
        get throws { try #require(world.account(email)).id }
    }

    private func fail(_ email: String, _ password: String = "wrong", times: Int = 1) {
        for _ in 0..<times { _ = try? service.login(email, password) }
    }

    @Test func `the first failure is recorded at once, and not by its response`() throws {
        let writes = world.store.writes
        fail(email)
        #expect(world.store.writes == writes && world.events.isEmpty)
        try service.recordFailedLogins()
        #expect(world.store.writes == writes + 1)
        let event = try #require(world.events.first)
        #expect(world.kinds == [.loginFailed])
        #expect(try event.subject == id && event.actor == .client && event.object == nil)
        #expect(event.client.address == "192.0.2.1" && event.client.agent == "Sample/1.0")
        #expect(event.value("count") == "1" && event.value("method") == "password")
        #expect(
            event.change("time") == EventChange(.time, to: world.clock.now.rfc3339))
        try service.recordFailedLogins()
        #expect(world.store.writes == writes + 1)
    }

    @Test func `repeats are one event with their count when the minute ends`() throws {
        fail(email)
        try service.recordFailedLogins()
        let start = world.clock.now
        fail(email, times: 2)
        world.clock.advance(seconds: 59)
        fail(email)
        try service.recordFailedLogins()
        #expect(world.events.count == 1)
        world.clock.advance(seconds: 1)
        try service.recordFailedLogins()
        #expect(world.events.map { $0.value("count") } == ["1", "3"])
        #expect(
            world.events[1].change("time")
                == EventChange(
                    .time, from: start.rfc3339, to: start.adding(seconds: 59).rfc3339))
        // After a quiet minute the next one is a first one again.
        world.clock.advance(seconds: 60)
        try service.recordFailedLogins()
        world.clock.advance(seconds: 1)
        fail(email)
        try service.recordFailedLogins()
        #expect(world.events.map { $0.value("count") } == ["1", "3", "1"])
    }

    @Test func `an address without an account is counted by network and not kept`() throws {
        fail("hunter2@example.org")
        fail("my secret password")
        try service.recordFailedLogins()
        let event = try #require(world.events.first)
        #expect(world.events.count == 1 && event.subject == nil)
        #expect(event.value("count") == "2" && event.client.address == "192.0.2.1")
        for text in ["hunter2", "secret", "wrong"] { #expect(!world.isRecorded(text)) }
    }

    @Test(arguments: ["customer@example.org", "nobody@example.org"])
    func `networks are told apart, whether or not there is an account`(email: String) throws {
        for network in 1...3 {
            _ = try? service.login(email, "wrong", from: .stranger(network))
        }
        try service.recordFailedLogins()
        #expect(world.events.count == 3)
    }

    @Test func `a refusal after too many failures says until when`() throws {
        let free = 5
        fail(email, times: free)
        let time = world.clock.now
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30, limit: .failedLoginsOfNetwork)) {
            try service.login(email)
        }
        try service.recordFailedLogins()
        let locked = try #require(world.events(.loginLocked).first)
        #expect(try locked.subject == id && locked.actor == .client)
        #expect(locked.value("limit") == "failed_logins_network")
        #expect(locked.value("until") == time.adding(seconds: 30).rfc3339)
        #expect(world.events(.loginFailed).map { $0.value("count") } == ["\(free)"])
    }

    @Test func `a wrong code names its method, and a right one is no failure`() throws {
        let factors = try world.addFactors(to: email)
        let pending = try service.firstStep(email)
        let wrong = factors.wrongCode(at: world.clock.now)
        #expect(throws: AuthError.invalidCode(.codeWrong)) {
            try service.secondStep(SecondStep(.totp, wrong, of: pending.challenge))
        }
        try service.secondStep(
            SecondStep(.totp, factors.code(at: world.clock.now), of: pending.challenge))
        try service.recordFailedLogins(isEnd: true)
        let events = world.events(.loginFailed)
        #expect(events.map { $0.value("method") } == ["totp"])
        #expect(try events.first?.subject == id && !world.isRecorded(wrong))
    }

    @Test func `a wrong password in a session counts as one`() throws {
        let session = try world.signIn(email)
        #expect(throws: AuthError.wrongPassword) {
            try service.changePassword(from: "wrong", to: "another password", by: session)
        }
        try service.recordFailedLogins()
        #expect(try world.events(.loginFailed).map(\.subject) == [id])
    }

    @Test func `a fault of the server is no failure`() throws {
        world.gate.isFull = true
        fail(email)
        world.gate.isFull = false
        try service.recordFailedLogins()
        #expect(world.events.isEmpty)
    }

    @Test func `a failure of an account that is deleted meanwhile names no account`() throws {
        fail(email)
        let id = try id
        try world.store.write { transaction throws(AuthError) in try transaction.eraseAccount(id) }
        try service.recordFailedLogins()
        #expect(world.events(.loginFailed).map(\.subject) == [nil])
    }

    @Test func `what cannot be written is due again`() throws {
        fail(email, times: 2)
        world.store.condition = .broken
        #expect(throws: AuthError.self) { try service.recordFailedLogins() }
        world.store.condition = .well
        try service.recordFailedLogins()
        #expect(world.events.map { $0.value("count") } == ["2"])
    }

    @Test func `a server that stops records what it has gathered`() throws {
        fail(email)
        try service.recordFailedLogins()
        fail(email)
        try service.recordFailedLogins(isEnd: true)
        #expect(world.events.map { $0.value("count") } == ["1", "1"])
    }
}

/// The table of failed logins, which no client can fill.
struct FailedLoginTableTests {
    private let clock = TestClock()
    private let events: FailedLoginEvents

    init() {
        events = FailedLoginEvents { [clock] in clock.monotonic }
    }

    private func failure(_ network: Int) -> LoginFailure {
        LoginFailure(
            key: .init(
                account: .random(), network: .ipv4(UInt32(network)), method: .password, limit: nil),
            client: .stranger(network), time: clock.now, until: nil)
    }

    @Test func `what does not fit is counted together, and no failure is lost`() {
        let count = FailedLoginEvents.capacity + 50
        for network in 0..<count { events.note(failure(network)) }
        let taken = events.take(limit: .max)
        #expect(taken.count == FailedLoginEvents.capacity + 1)
        #expect(taken.map(\.count).reduce(0, +) == count)
        let others = taken.filter { $0.key.network == nil }
        #expect(others.map(\.count) == [50])
        #expect(others.allSatisfy { $0.key.account == nil })
    }

    @Test func `many networks for many minutes are few events, and no failure is lost`() {
        let networks = FailedLoginEvents.capacity / 2
        var (events, failures) = (0, 0)
        for minute in 0..<6 {
            for network in 0..<networks {
                self.events.note(failure(minute * networks + network))
            }
            for _ in 0..<2 {
                let taken = self.events.take(limit: .max)
                events += taken.count
                failures += taken.map(\.count).reduce(0, +)
            }
            clock.advance(nanoseconds: FailedLoginEvents.interval)
        }
        failures += self.events.take(limit: .max, isEnd: true).map(\.count).reduce(0, +)
        #expect(failures == 6 * networks)
        #expect(events <= FailedLoginEvents.capacity + 6 * Int(FailedLoginEvents.perMinute) + 6)
    }

    @Test func `entries are free again after a quiet minute`() {
        for network in 0..<FailedLoginEvents.capacity { events.note(failure(network)) }
        _ = events.take(limit: .max)
        clock.advance(nanoseconds: FailedLoginEvents.interval)
        #expect(events.take(limit: .max).isEmpty)
        events.note(failure(1))
        #expect(events.take(limit: .max).map(\.key.network) == [.ipv4(1)])
    }

    @Test func `no more are taken at once than asked for, and the rest stays due`() {
        for network in 0..<5 { events.note(failure(network)) }
        #expect(events.take(limit: 3).count == 3)
        #expect(events.take(limit: 3).count == 2)
        #expect(events.take(limit: 3).isEmpty)
    }
}
