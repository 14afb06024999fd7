import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth

/// What an import makes of a record, by what the server has.
struct ImportTests {
    private static let bcrypt = "$2b$04$0B4BqGdVEBracqp16T4EIuy/TtUyEkinDcrXvrOAT05Lc1vpDwVsu"

    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
        service.begin(forOperator: "root")
    }

    private func record(
        _ email: String, _ change: (inout AccountTransfer) throws -> Void = { _ in }
    ) throws -> AccountTransfer {
        var record = AccountTransfer(email: try #require(Email(email)))
        try change(&record)
        return record
    }

    @discardableResult
    private func run(
        _ record: AccountTransfer, allowingAdministrators allows: Bool = false,
        isTrial: Bool = false, overwriting overwrites: Bool = false
    ) throws -> ImportResult {
        let options = ImportOptions(
            allowsAdministrators: allows, isTrial: isTrial, overwrites: overwrites)
        let results = try service.transfer.importRecords([.account(record)], options)
        return try #require(results.first)
    }

    @Test func `a new account is a customer whose address is not confirmed`() throws {
        #expect(try run(record("new@example.org")).outcome == .created)
        let account = try #require(world.account("new@example.org"))
        #expect(account.role == .user && account.tier == .free && account.status == .active)
        #expect(account.name == "new" && account.emailVerifiedAt == nil)
        #expect(account.createdAt == world.clock.now)
        #expect(try #require(world.store.memory.credential(account.id)).password == nil)
    }

    @Test func `a new account is what its record says`() throws {
        let time = Timestamp(milliseconds: 1_700_000_000_123)
        let id = UUID.random()
        let hash = StoredPassword.foreign(try ForeignHash(Self.bcrypt))
        let new = try record("new@example.org") {
            ($0.id, $0.name, $0.role, $0.tier) = (id, "Ada", .member, .team)
            ($0.status, $0.createdAt, $0.language) = (.disabled, time, .de)
            ($0.isEmailVerified, $0.emailVerifiedAt) = (true, time)
            ($0.approvedAt, $0.password) = (time, hash)
        }
        #expect(try run(new).outcome == .created)
        let stored = try #require(world.store.memory.credential(id))
        #expect(
            stored.account
                == Account(
                    id: id, email: new.email, name: "Ada", tier: .team, role: .member,
                    status: .disabled, createdAt: time, emailVerifiedAt: time, approvedAt: time,
                    language: .de))
        #expect(stored.password == hash)
        #expect(try run(new).outcome == .unchanged)
    }

    @Test func `an account is found by its id, otherwise by its address`() throws {
        let customer = try #require(world.account(Person.customer.email))
        let byEmail = try record(Person.customer.email) { $0.name = "By address" }
        #expect(try run(byEmail).outcome == .updated)
        #expect(world.account(Person.customer.email)?.name == "By address")
        let byID = try record("moved@example.org") { $0.id = customer.id }
        #expect(try run(byID, overwriting: true).outcome == .updated)
        let moved = try #require(world.account("moved@example.org"))
        #expect(moved.id == customer.id && moved.emailVerifiedAt == nil)
        let other = try record(Person.owner.email) { $0.id = customer.id }
        #expect(try run(other).outcome == .refused(.emailTaken))
    }

    @Test func `an account that changes loses its sessions, another one keeps them`() throws {
        try service.login(Person.customer.email)
        let same = try record(Person.customer.email) { $0.role = .user }
        #expect(try run(same).outcome == .unchanged)
        #expect(world.store.memory.sessions.contains { $0.endedAt == nil })
        let id = world.account(Person.customer.email)?.id
        let changed = try record(Person.customer.email) { ($0.id, $0.tier) = (id, .pro) }
        #expect(try run(changed).outcome == .updated)
        #expect(!world.store.memory.sessions.contains { $0.endedAt == nil })
    }

    @Test func `what a record does not know stays`() throws {
        world.confirm(Person.customer.email)
        let before = try #require(world.account(Person.customer.email))
        #expect(try run(record(Person.customer.email)).outcome == .unchanged)
        #expect(world.account(Person.customer.email) == before)
    }

    @Test func `owners and administrators are made and changed only where that is allowed`() throws
    {
        for change in [
            try record("new@example.org") { $0.role = .admin },
            try record("new@example.org") { $0.role = .owner },
            try record(Person.admin.email) { $0.name = "Another" },
            try record(Person.admin.email) { $0.role = .user },
            try record(Person.owner.email) { $0.tier = .team },
            try record(Person.customer.email) { $0.role = .admin },
        ] {
            let result = try run(change).outcome
            #expect(result == .refused(change.role == .owner ? .ownerExists : .administrator))
        }
        #expect(try run(record(Person.admin.email)).outcome == .unchanged)
        let admin = try record("new@example.org") { $0.role = .admin }
        #expect(try run(admin, allowingAdministrators: true).outcome == .created)
        #expect(world.account("new@example.org")?.role == .admin)
    }

    @Test func `the owner stays the owner, and the only one`() throws {
        let demoted = try record(Person.owner.email) { $0.role = .user }
        #expect(try run(demoted, allowingAdministrators: true).outcome == .refused(.ownerProtected))
        let second = try record(Person.admin.email) { $0.role = .owner }
        #expect(try run(second, allowingAdministrators: true).outcome == .refused(.ownerExists))
        #expect(world.account(Person.owner.email)?.role == .owner)
    }

    @Test func `an import that is run again leaves what a sign-in has renewed`() throws {
        let hash = StoredPassword.foreign(try ForeignHash(Self.bcrypt))
        let new = try record("new@example.org") { $0.password = hash }
        #expect(try run(new).outcome == .created)
        try service.login("new@example.org")
        #expect(try run(new).outcome == .unchanged)
        #expect(world.store.memory.sessions.contains { $0.endedAt == nil })
        try service.login("new@example.org")
    }

    @Test func `what was changed here since is kept, unless it is to be overwritten`() throws {
        world.confirm(Person.customer.email)
        let customer = try #require(world.account(Person.customer.email))
        try service.login(Person.customer.email)
        let hash = StoredPassword.foreign(try ForeignHash(Self.bcrypt).decoy())
        let record = try record("former@example.org") {
            ($0.id, $0.password, $0.status) = (customer.id, hash, .disabled)
            $0.isEmailVerified = false
        }
        #expect(try run(record) == ImportResult(.unchanged, isKept: true))
        #expect(world.account(Person.customer.email) == customer)
        #expect(world.store.memory.sessions.contains { $0.endedAt == nil })
        try service.login(Person.customer.email)
        #expect(try run(record, overwriting: true) == ImportResult(.updated))
        let changed = try #require(world.account("former@example.org"))
        #expect(changed.status == .disabled && changed.emailVerifiedAt == nil)
        #expect(try #require(world.store.memory.credential(customer.id)).password == hash)
        #expect(try run(record) == ImportResult(.unchanged))
    }

    @Test func `an address that is not confirmed on both sides takes no account over`() throws {
        let hash = StoredPassword.foreign(try ForeignHash(Self.bcrypt).decoy())
        let before = try #require(
            world.store.memory.credentials.first {
                $0.account.email.address == Person.customer.email
            })
        let key = APIKeyTransfer(
            id: .random(), name: "Key", prefix: "luna_1", hash: .random(), scopes: [.read],
            createdAt: world.clock.now, expiresAt: nil, lastUsedAt: nil)
        let claims = [
            try record(Person.customer.email) { $0.password = hash },
            // Confirmed there, not here: the password here may be that of another person.
            try record(Person.customer.email) { $0.isEmailVerified = true },
            try record(Person.customer.email) { $0.apiKeys = [key] },
        ]
        for claim in claims {
            #expect(try run(claim) == ImportResult(.unchanged, isKept: true))
            #expect(try run(claim, overwriting: true).outcome == .refused(.addressUnproven))
        }
        let rights = [
            try record(Person.customer.email) { $0.role = .member },
            try record(Person.customer.email) { $0.tier = .team },
        ]
        for right in rights {
            for overwrites in [false, true] {
                #expect(
                    try run(right, overwriting: overwrites).outcome == .refused(.addressUnproven))
            }
        }
        let after = world.store.memory.credential(before.account.id)
        #expect(after?.account == before.account && after?.password == before.password)
        #expect(world.store.memory.apiKeys.isEmpty)
        world.confirm(Person.customer.email)
        let proven = try record(Person.customer.email) {
            ($0.password, $0.isEmailVerified) = (hash, true)
        }
        #expect(try run(proven, overwriting: true).outcome == .updated)
    }

    @Test func `a key or factor that another account has refuses its record alone`() throws {
        func key(_ id: UUID, _ hash: Digest) -> APIKeyTransfer {
            APIKeyTransfer(
                id: id, name: "Key", prefix: "luna_1", hash: hash, scopes: [.read],
                createdAt: world.clock.now, expiresAt: nil, lastUsedAt: nil)
        }
        let (id, hash, twin) = (UUID.random(), Digest.random(), Digest.random())
        let factor = FactorTransfer(
            id: .random(), kind: .totp, handle: nil, name: nil, createdAt: world.clock.now,
            lastUsedAt: nil, secret: [UInt8](repeating: 7, count: 28))
        let first = try record("a@example.org") {
            ($0.apiKeys, $0.factors) = ([key(id, hash)], [factor])
        }
        let records = [
            first, try record("b@example.org") { $0.apiKeys = [key(.random(), hash)] },
            try record("c@example.org") { $0.apiKeys = [key(id, .random())] },
            try record("d@example.org") { $0.factors = [factor] },
            try record("e@example.org") {
                $0.apiKeys = [key(.random(), twin), key(.random(), twin)]
            },
            try record("f@example.org"),
        ]
        let options = ImportOptions(allowsAdministrators: false, isTrial: false)
        let results = try service.transfer.importRecords(
            records.map(TransferRecord.account), options)
        #expect(
            results.map(\.outcome) == [
                .created, .refused(.keyTaken), .refused(.keyTaken), .refused(.factorTaken),
                .refused(.keyTaken), .created,
            ])
        #expect(world.account("b@example.org") == nil && world.account("f@example.org") != nil)
    }

    @Test func `hashes of more forms and costs than decoys are refused`() throws {
        let costs = 4...14
        var records = try costs.map { cost in
            try record("a\(cost)@example.org") {
                let text = "$2b$\(cost < 10 ? "0" : "")\(cost)$" + Self.bcrypt.dropFirst(7)
                $0.password = .foreign(try ForeignHash(text))
            }
        }
        records += try (1...6).map { number in
            try record("p\(number)@example.org") {
                let hash = try ForeignHash.pbkdf2(
                    .sha256, iterations: number, salt: [1, 2, 3, 4],
                    key: [UInt8](repeating: 7, count: 32))
                $0.password = .foreign(hash)
            }
        }
        let options = ImportOptions(allowsAdministrators: false, isTrial: false)
        let results = try service.transfer.importRecords(
            records.map(TransferRecord.account), options)
        let limit = InstanceState.maximumDecoys
        #expect(results.prefix(limit).allSatisfy { $0.outcome == .created })
        #expect(results.dropFirst(limit).map(\.outcome) == [.refused(.tooManyForms)])
    }

    @Test func `a password that is another one replaces the present one`() throws {
        try service.login(Person.customer.email)
        let customer = try #require(world.account(Person.customer.email))
        let hash = StoredPassword.foreign(try ForeignHash(Self.bcrypt).decoy())
        let changed = try record(Person.customer.email) {
            ($0.id, $0.password) = (customer.id, hash)
        }
        #expect(try run(changed, overwriting: true).outcome == .updated)
        #expect(!world.store.memory.sessions.contains { $0.endedAt == nil })
        #expect(throws: AuthError.invalidCredentials) { try service.login(Person.customer.email) }
    }

    @Test func `a trial reports the same and changes nothing`() throws {
        let before = world.store.memory.credentials.map(\.account)
        let records = [
            try record("new@example.org"), try record(Person.customer.email) { $0.name = "Other" },
            try record(Person.admin.email) { $0.name = "Other" },
        ]
        let outcomes = try records.map { try run($0, isTrial: true).outcome }
        #expect(outcomes == [.created, .updated, .refused(.administrator)])
        #expect(world.store.memory.credentials.map(\.account) == before)
        #expect(try records.map { try run($0).outcome } == outcomes)
    }

    @Test func `a name that is none refuses the record`() throws {
        let result = try run(record("new@example.org") { $0.name = "\u{202E}x" })
        #expect(result.outcome == .refused(.invalidName))
        #expect(world.account("new@example.org") == nil)
    }
}
