import Crypto
import Testing
import TestSupport

@testable import Auth

struct PasswordHasherTests {
    private let gate = TestGate()

    private func hasher(iterations: Int = World.iterations) -> PasswordHasher {
        PasswordHasher(iterations: iterations, function: PBKDF2(.blockFunction), gate: gate)
    }

    @Test func `a hash verifies its own password and no other`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("correct horse battery staple")
        #expect(hash.iterations == World.iterations)
        #expect(try hasher.verify("correct horse battery staple", against: hash, costing: 0))
        for wrong in [
            "",
            "correct horse battery stapl", "correct horse battery staple ",
            "Correct horse battery staple",
        ] {
            #expect(try !hasher.verify(wrong, against: hash, costing: 0))
        }
    }

    @Test func `two hashes of one password differ`() throws {
        let hasher = hasher()
        let (one, other) = (try hasher.hash("secret"), try hasher.hash("secret"))
        #expect(one.salt != other.salt && one.key != other.key)
    }

    @Test func `composed and decomposed accents are the same password`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("caf\u{E9} au lait")
        #expect(try hasher.verify("cafe\u{301} au lait", against: hash, costing: 0))
        #expect(try !hasher.verify("cafe au lait", against: hash, costing: 0))
    }

    @Test func `a hash is derived from the composed form in UTF-8`() throws {
        let hash = try hasher().hash("cafe\u{301}")
        #expect(hash.matches(password: Array("caf\u{E9}".utf8), using: PBKDF2(.reference)))
    }

    @Test func `no password matches for an unknown account`() throws {
        let hasher = hasher()
        for password in ["", "secret", Person.password] {
            #expect(try !hasher.verify(password, against: nil, costing: 0))
        }
    }

    @Test func `every check takes one turn at the gate, whatever the result`() throws {
        let hasher = hasher()
        let hash = try hasher.hash("secret")
        let checks: [(String, PasswordHash?)] = [("secret", hash), ("wrong", hash), ("wrong", nil)]
        for (password, hash) in checks {
            let before = gate.turns
            _ = try hasher.verify(password, against: hash, costing: 0)
            #expect(gate.turns == before + 1)
        }
    }

    @Test(
        arguments: [
            (2_000, nil, 0, 2_000), (2_000, 1_000, 0, 2_000), (2_000, 2_000, 0, 2_000),
            (2_000, nil, 5_000, 5_000), (2_000, 1_000, 5_000, 5_000), (2_000, 5_000, 5_000, 5_000),
            (2_000, 5_000, 0, 5_000), (5_000, nil, 2_000, 5_000),
        ] as [(Int, Int?, Int, Int)])
    func `a failed check takes the iterations of the costliest hash, whatever it is compared with`(
        configured: Int, stored: Int?, highest: Int, spent: Int
    ) throws {
        let derivation = CountingDerivation()
        let hasher = PasswordHasher(iterations: configured, function: derivation, gate: gate)
        let hash = stored.map {
            PasswordHash.derive(
                password: Array("secret".utf8), iterations: $0, using: PBKDF2(.blockFunction))
        }
        #expect(try !hasher.verify("wrong", against: hash, costing: highest))
        #expect(derivation.iterations == spent)
        guard let stored else { return }
        #expect(try hasher.verify("secret", against: hash, costing: highest))
        #expect(derivation.iterations == spent + stored)
    }

    @Test func `a full gate refuses without work`() throws {
        let hasher = hasher()
        gate.isFull = true
        #expect(throws: AuthError.overloaded(retryAfter: 3)) { try hasher.hash("secret") }
        #expect(throws: AuthError.overloaded(retryAfter: 3)) {
            try hasher.verify("secret", against: nil, costing: 0)
        }
        #expect(gate.turns == 0)
    }
}

extension PasswordHasher {
    /// Hashes with the permit of an otherwise unused throttle.
    fileprivate func hash(
        _ password: String, salt: [UInt8] = Random.bytes(PasswordHash.saltCount)
    ) throws(AuthError) -> PasswordHash {
        try Self.admitted { (permit) throws(AuthError) in try hash(password, salt: salt, permit) }
    }

    fileprivate func verify(
        _ password: String, against hash: PasswordHash?, costing highest: Int
    ) throws(AuthError) -> Bool {
        try Self.admitted { (permit) throws(AuthError) in
            let state = InstanceState(
                settings: Settings(), hasOwner: true, setup: nil, maxPasswordIterations: highest)
            return try verify(
                password, against: hash.map(StoredPassword.own),
                UniformWork(state, at: SHA256.digest([0])), permit)
        }
    }

    private static func admitted<Value>(
        _ work: (borrowing HashingPermit) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let throttle = Throttle(isEnabled: true) { 0 }
        let admission = try throttle.admitHashing(
            at: "ada@example.org", knownTo: nil, from: .sample)
        return try throttle.whileHashing(admission, work)
    }
}
