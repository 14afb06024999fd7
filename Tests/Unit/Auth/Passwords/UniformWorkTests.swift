import Crypto
import Testing
import TestSupport

@testable import Auth

/// The amount of work does not reveal whether an account exists.
struct UniformWorkTests {
    private static let accounts = [
        "nobody@example.org", "customer@example.org", "owner@example.org",
        "pending@example.org", "disabled@example.org", "cheap@example.org",
        "costly@example.org",
    ]

    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        try world.add("cheap@example.org", iterations: 1_500)
        try world.add("costly@example.org", iterations: 4_000)
        service = try world.service(iterations: 2_000)
    }

    /// The work that one request causes.
    private struct Work: Equatable {
        var iterations: Int
        var turns: Int
        var reads: Int
        var writes: Int
    }

    private var spent: Work {
        Work(
            iterations: world.derivation.iterations, turns: world.gate.turns,
            reads: world.store.reads, writes: world.store.writes)
    }

    private func work(of request: () throws -> Void) rethrows -> Work {
        let before = spent
        try request()
        let after = spent
        return Work(
            iterations: after.iterations - before.iterations, turns: after.turns - before.turns,
            reads: after.reads - before.reads, writes: after.writes - before.writes)
    }

    @Test(arguments: accounts)
    func `a wrong password takes one read and the iterations of the costliest hash`(email: String) {
        let work = work {
            #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        }
        #expect(work == Work(iterations: 4_000, turns: 1, reads: 1, writes: 0))
    }

    @Test(arguments: accounts)
    func `a session or device of another account adds exactly one read`(email: String) throws {
        let own = try service.login(Person.owner.email)
        for client in [service.client(own.deviceToken), .sample] {
            let work = work {
                #expect(throws: AuthError.invalidCredentials) {
                    try service.login(
                        email, "wrong", presenting: .cookie(own.sessionToken), from: client)
                }
            }
            #expect(work == Work(iterations: 4_000, turns: 1, reads: 2, writes: 0))
        }
    }

    @Test(arguments: accounts)
    func `an attempt beyond the limit takes one read and no hashing`(email: String) {
        for _ in 0..<5 { _ = try? service.login(email, "wrong") }
        for password in ["wrong", Person.password] {
            let work = work {
                #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
                    try service.login(email, password)
                }
            }
            #expect(work == Work(iterations: 0, turns: 0, reads: 1, writes: 0))
        }
    }

    @Test(arguments: accounts)
    func `a full hashing queue refuses every email alike`(email: String) {
        world.gate.isFull = true
        let work = work {
            #expect(throws: AuthError.overloaded(retryAfter: 3)) {
                try service.login(email, "wrong")
            }
        }
        #expect(work == Work(iterations: 0, turns: 0, reads: 1, writes: 0))
    }

    @Test func `the costliest hash counts until its owner has signed in`() throws {
        try service.login("costly@example.org")
        let work = work { _ = try? service.login("nobody@example.org", "wrong") }
        #expect(work.iterations == 2_000)
    }

    @Test(arguments: accounts)
    func `a reset request takes one write`(email: String) throws {
        let work = try work { try service.passwords.requestPasswordReset(of: .text(email)) }
        #expect(work == Work(iterations: 0, turns: 0, reads: 0, writes: 1))
    }

    @Test(arguments: accounts.dropFirst(2) + ["new@example.org"])
    func `an address change takes the same work for a free and a taken address`(email: String)
        throws
    {
        let session = try world.signIn(Person.customer.email)
        let work = try work { try service.changeEmail(to: email, by: session) }
        // The caller is looked up with session and account, then the factors of the account.
        #expect(work == Work(iterations: World.iterations, turns: 1, reads: 4, writes: 1))
    }

    @Test(arguments: ["customer@example.org", "disabled@example.org"])
    func `a taken address is refused before any hashing or writing`(
        email: String
    ) {
        // The refusal itself reveals that the address is taken, as documented: equal work would hide nothing.
        for open in [
            { try service.signup(email) } as () throws -> Void,
            { try service.register(email) },
        ] {
            let work = work { #expect(throws: AuthError.emailTaken) { try open() } }
            #expect(work == Work(iterations: 0, turns: 0, reads: 1, writes: 0))
        }
    }

    @Test func `a network can probe twenty addresses at once and ten a minute`() throws {
        // The limit for a single address is lower.
        for number in 0..<100 { try world.add("taken\(number)@example.org") }
        var answers = 0
        for _ in 0..<3_600 {
            for _ in 0..<3 where (try? world.throttle.admit(.signup, from: .sample)) != nil {
                #expect(throws: AuthError.emailTaken) {
                    try service.signup("taken\(answers % 100)@example.org")
                }
                answers += 1
            }
            world.clock.advance(seconds: 1)
        }
        #expect((619...620).contains(answers))
    }
}
