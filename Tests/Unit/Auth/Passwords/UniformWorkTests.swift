import Crypto
import Testing
import TestSupport

@testable import Auth

/// Whether anybody has an account, is told by no work that is done.
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

    /// What a request has the server do.
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
    func `a wrong password costs one read and what the costliest hash costs`(email: String) {
        let work = work {
            #expect(throws: AuthError.invalidCredentials) { try service.login(email, "wrong") }
        }
        #expect(work == Work(iterations: 4_000, turns: 1, reads: 1, writes: 0))
    }

    @Test(arguments: accounts)
    func `with the session and the device of another it is one read more`(email: String) throws {
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
    func `an attempt too many costs one read and nothing else`(email: String) {
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
    func `a full line turns everybody away alike`(email: String) {
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
    func `a forgotten password is one write`(email: String) throws {
        let work = try work { try service.requestPasswordReset(of: .text(email)) }
        #expect(work == Work(iterations: 0, turns: 0, reads: 0, writes: 1))
    }

    @Test(arguments: accounts.dropFirst(2) + ["new@example.org"])
    func `another address is asked for alike, whoever has it`(email: String) throws {
        let session = try world.signIn(Person.customer.email)
        let work = try work { try service.changeEmail(to: email, by: session) }
        // The caller is looked up with session and account.
        #expect(work == Work(iterations: World.iterations, turns: 1, reads: 3, writes: 1))
    }

    @Test(arguments: ["customer@example.org", "disabled@example.org"])
    func `an address that is taken is refused before anything is hashed or written`(
        email: String
    ) {
        // The refusal itself tells, as the contract says: equal work would hide nothing.
        for open in [
            { try service.signup(email) } as () throws -> Void,
            { try service.register(email) },
        ] {
            let work = work { #expect(throws: AuthError.emailTaken) { try open() } }
            #expect(work == Work(iterations: 0, turns: 0, reads: 1, writes: 0))
        }
    }

    @Test func `a network asks after twenty addresses at once and ten a minute`() throws {
        // About one address they are answered less often.
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
