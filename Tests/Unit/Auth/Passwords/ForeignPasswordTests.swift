import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth

/// Accounts that came with a password hash of another system.
struct ForeignPasswordTests {
    private static let bcrypt = "$2b$04$0B4BqGdVEBracqp16T4EIuy/TtUyEkinDcrXvrOAT05Lc1vpDwVsu"
    private static let argon2 =
        "$argon2id$v=19$m=64,t=1,p=1$9arFEDLs0+G8I+rvopZRcg$/rGQtxt8zCcL7IoVWJG51W13qUyKo6zekCJfVjzwypU"
    private static let pbkdf2 =
        "$pbkdf2-sha512$1000$tTZGKMV47z3H2Pufk7IW4g$jKGZB65m/JSwDRYU4"
        + "UMyFcepHaYbLX2S6S/UlVR99C4nr66ch.2sRrbvFECVU/Lxtz3Gx/7nFePP9kv40ueLQQ"
    /// bcrypt of a password with a decomposed accent.
    private static let decomposed = "$2b$04$H2VjyvGMoCVHsSjaZigk.u4Go4.0oYGZU5evafdtsWxUxQ/XRmq3e"

    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        // Without limits: many addresses are tried.
        world = try World(.owner, .customer, .pending, isThrottled: false)
        service = try world.service(iterations: 2_000)
    }

    private var stored: StoredPassword? {
        world.store.memory.credentials.first { $0.account.email.address == email }?.password
    }

    /// The foreign profiles and the iterations that a refused sign-in takes.
    private func work(
        of email: String, _ password: String = "wrong"
    ) -> (profiles: [String], iterations: Int) {
        let before = (world.foreign.profiles.count, world.derivation.iterations)
        #expect(throws: AuthError.invalidCredentials) { try service.login(email, password) }
        return (
            Array(world.foreign.profiles.dropFirst(before.0)),
            world.derivation.iterations - before.1
        )
    }

    @Test(arguments: [bcrypt, argon2, pbkdf2])
    func `the old password signs in, and its hash becomes one of lunauth's own`(
        text: String
    ) throws {
        try world.setForeignHash(text, of: email)
        let signedIn = try service.login(email)
        #expect(stored?.own?.iterations == 2_000)
        #expect(world.foreign.profiles.count == 1)
        let device = try #require(service.client(signedIn.deviceToken).device)
        let credential = try #require(
            world.store.memory.credentials.first { $0.account.email.address == email })
        #expect(device.isTrusted(for: credential))
        let renewed = stored
        try service.login(email)
        #expect(stored == renewed && world.foreign.profiles.count == 1)
    }

    @Test func `a wrong password changes nothing`() throws {
        try world.setForeignHash(Self.bcrypt, of: email)
        let before = stored
        _ = work(of: email)
        #expect(stored == before && before != nil)
        try service.login(email)
    }

    @Test func `the bytes count that were entered, until the hash is lunauth's own`() throws {
        try world.setForeignHash(Self.decomposed, of: email)
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(email, "caf\u{E9} au lait")
        }
        try service.login(email, "cafe\u{301} au lait")
        try service.login(email, "caf\u{E9} au lait")
    }

    @Test(arguments: [
        "nobody@example.org", "no address", Person.owner.email, Person.customer.email,
        Person.pending.email,
    ])
    func `each failed check is one foreign check and one derivation`(address: String) throws {
        #expect(work(of: address) == ([], 2_000))
        try world.setForeignHash(Self.bcrypt, of: email)
        #expect(work(of: address) == (["bcrypt,4"], 2_000))
        let long = String(repeating: "x", count: 5_000)
        #expect(work(of: address, long) == (["bcrypt,4"], 2_000))
        try service.login(email)
        #expect(work(of: address) == ([], 2_000))
    }

    @Test func `an unknown address always takes the same of the stored profiles`() throws {
        try world.setForeignHash(Self.bcrypt, of: email)
        try world.setForeignHash(Self.argon2, of: Person.owner.email)
        var seen: Set<String> = []
        for number in 0..<40 {
            let address = "nobody\(number)@example.org"
            let first = work(of: address).profiles
            #expect(first.count == 1 && work(of: address).profiles == first)
            seen.formUnion(first)
        }
        #expect(seen == ["bcrypt,4", "argon2id,m=64,t=1,p=1"])
    }

    @Test func `another profile changes the decoy only of addresses that take it`() throws {
        let hashes = try [Self.bcrypt, Self.argon2, Self.pbkdf2].map { try ForeignHash($0) }
        let keys = (0..<200).map { SHA256.digest([UInt8($0)]) }
        func decoys(_ hashes: [ForeignHash]) -> [String?] {
            let state = InstanceState(
                settings: Settings(), hasOwner: true, setup: nil, foreignDecoys: hashes)
            return keys.map { UniformWork(state, at: $0).decoy?.profile }
        }
        let (two, three) = (decoys(Array(hashes.prefix(2))), decoys(hashes.reversed()))
        #expect(Set(three).count == 3)
        for (before, after) in zip(two, three) {
            #expect(after == before || after == hashes[2].profile)
        }
    }

    @Test func `two sign-ins at once both succeed`() throws {
        try world.setForeignHash(Self.argon2, of: email)
        let (world, email) = (world, email)
        world.store.beforeNextWrite { _ = try? world.service(iterations: 2_000).login(email) }
        try service.login(email)
        #expect(world.store.memory.sessions.count == 2)
        #expect(stored?.own?.iterations == 2_000)
    }

    @Test func `want of memory is a fault, and counts as no failure`() throws {
        let world = try World(.customer)
        let service = try world.service()
        try world.setForeignHash(Self.argon2, of: email)
        world.foreign.lacksMemory = true
        for address in [email, "nobody@example.org"] {
            // One more than the wrong passwords that lock.
            for _ in 0..<6 {
                let error = #expect(throws: AuthError.self) { try service.login(address, "wrong") }
                guard case .unavailable(.hashingFault, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
        world.foreign.lacksMemory = false
        try service.login(email)
    }

    @Test func `an account that may not sign in keeps its hash`() throws {
        try world.setForeignHash(Self.bcrypt, of: Person.pending.email)
        #expect(throws: AuthError.pendingApproval) { try service.login(Person.pending.email) }
        let kept = world.store.memory.credentials.first {
            $0.account.email.address == Person.pending.email
        }
        #expect(kept?.password == .foreign(try ForeignHash(Self.bcrypt)))
    }

    @Test func `the operator is shown the form of a hash, and nothing else of it`() throws {
        try world.setForeignHash(Self.argon2, of: email)
        let overview = try #require(try service.accounts.overview(ofEmail: email))
        #expect(overview.passwordForm == "argon2id" && overview.methods == [.password])
        try service.login(email)
        #expect(try service.accounts.overview(ofEmail: email)?.passwordForm == "pbkdf2-sha256")
    }
}
