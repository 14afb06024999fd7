import Crypto
import Glibc
import Testing
import TestSupport

@testable import Auth

struct PasswordHasherTests {
    private let gate = TestGate()

    private func hasher(iterations: Int = World.iterations) -> PasswordHasher {
        PasswordHasher(iterations: iterations, function: PBKDF2(.blockFunction), gate: gate)
    }

    /// Nanoseconds of this thread's processor that a piece of work took: what it costs, however
    /// many others want the core.
    private func cost(_ work: () throws -> Void) rethrows -> Int {
        func spent() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = spent()
        try work()
        return spent() - start
    }

    @Test func `a hash verifies its password and no other`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("secret of mine")
        #expect(hash.iterations == World.iterations)
        #expect(try hasher.verify("secret of mine", against: hash))
        for wrong in ["", "secret of min", "secret of mine ", "Secret of mine"] {
            #expect(try !hasher.verify(wrong, against: hash))
        }
    }

    @Test func `two hashes of one password differ`() throws {
        let hasher = hasher()
        let (one, other) = (try hasher.hash("secret"), try hasher.hash("secret"))
        #expect(one.salt != other.salt && one.key != other.key)
    }

    @Test func `both spellings of an accent are one password`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("caf\u{E9} au lait")
        #expect(try hasher.verify("cafe\u{301} au lait", against: hash))
        #expect(try !hasher.verify("cafe au lait", against: hash))
    }

    @Test func `the hash is that of the composed form in UTF-8`() throws {
        let hash = try hasher().hash("cafe\u{301}")
        #expect(hash.matches(password: Array("caf\u{E9}".utf8), using: PBKDF2(.reference)))
    }

    @Test func `no password is right for an unknown account`() throws {
        let hasher = hasher()
        for password in ["", "secret", Person.password] {
            #expect(try !hasher.verify(password, against: nil))
        }
    }

    @Test func `every check takes one turn at the gate whatever it finds`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("secret")
        let checks: [(String, PasswordHash?)] = [("secret", hash), ("wrong", hash), ("wrong", nil)]
        for (password, hash) in checks {
            let before = gate.turns
            _ = try hasher.verify(password, against: hash)
            #expect(gate.turns == before + 1)
        }
    }

    @Test func `a failure at a lower stored cost spends the remaining iterations too`() throws {
        let iterations = 100_000
        let cheap = try hasher().hash("secret")
        let costly = hasher(iterations: iterations)
        let decoy = try cost { _ = try costly.verify("wrong", against: nil) }
        let failure = try cost { _ = try costly.verify("wrong", against: cheap) }
        let success = try cost { _ = try costly.verify("secret", against: cheap) }
        // A hundred times the work lies between them; a factor of four is no noise.
        #expect(failure > decoy / 4 && decoy > failure / 4)
        #expect(success < decoy / 4)
    }

    @Test func `a full gate refuses and no work is done`() throws {
        let hasher = hasher()
        gate.isFull = true
        #expect(throws: AuthError.overloaded(retryAfter: 3)) { try hasher.hash("secret") }
        #expect(throws: AuthError.overloaded(retryAfter: 3)) {
            try hasher.verify("secret", against: nil)
        }
        #expect(gate.turns == 0)
    }
}
