import Crypto
import Testing
import TestSupport

@testable import Auth

/// What administrators see of failed logins.
struct AccountLockTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func lock() throws -> AccountLock? {
        try service.administration.lock(of: #require(world.account(email)).id)
    }

    private func fail(from client: ClientContext) {
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(email, "wrong", from: client)
        }
    }

    /// Whether the time is that of the clock in so many seconds, rounded up to a millisecond.
    private func isIn(_ seconds: Int64, _ time: Timestamp?) -> Bool {
        let expected = world.clock.now.adding(seconds: seconds).milliseconds
        return time.map { (expected...expected + 1).contains($0.milliseconds) } ?? false
    }

    @Test func `failures below every limit lock nothing`() throws {
        #expect(try lock() == nil)
        for _ in 0..<4 { fail(from: .stranger(1)) }
        #expect(try lock() == nil)
    }

    @Test func `a delayed network is reported with its failures and its wait`() throws {
        for _ in 0..<5 { fail(from: .stranger(1)) }
        let lock = try #require(try lock())
        #expect(lock.failures == 5 && isIn(30, lock.until))
        world.clock.advance(seconds: 30)
        #expect(try self.lock() == nil)
    }

    @Test func `failures of all networks and of known devices count together`() throws {
        let device = service.client(try service.login(email).deviceToken)
        for _ in 0..<3 { fail(from: device) }
        for network in 0..<60 { fail(from: .stranger(network)) }
        let lock = try #require(try lock())
        #expect(lock.failures == 63 && lock.until > world.clock.now)
        #expect(throws: AuthError.self) { try service.login(email, from: .stranger(1_000)) }
        let reads = try self.lock()
        #expect(reads == lock, "a look counts nothing")
        _ = try service.administration.unlock(ofEmail: email)
        #expect(try self.lock() == nil)
    }

    @Test func `failures at one account lock no other, and nothing without limits`() throws {
        for _ in 0..<5 { fail(from: .stranger(1)) }
        let owner = try #require(world.account(Person.owner.email)).id
        #expect(try service.administration.lock(of: owner) == nil)
        world.throttle.setEnabled(false)
        #expect(try lock() == nil)
    }
}
