import Crypto
import TestSupport
import Testing

@testable import Auth

/// Sealing factors, and what a new secret key does to them.
struct FactorVaultTests {
    private let world: World
    private let account: Account
    private let key = Secret.random()
    private let vault: FactorVault

    init() throws {
        world = try World(.owner, .customer)
        account = try #require(world.account(Person.customer.email))
        vault = FactorVault([key])
    }

    private func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws -> Value {
        try world.store.write(work)
    }

    /// Stores a credential with these data.
    @discardableResult
    private func add(
        _ bytes: [UInt8], _ kind: Credential.Kind = .totp, by vault: FactorVault? = nil
    ) throws -> Credential {
        let (account, vault) = (account, vault ?? self.vault)
        return try write { transaction throws(AuthError) in
            let id = UUID.random()
            let credential = Credential(
                id: id, accountID: account.id, kind: kind,
                handle: kind == .passkey ? id.octets : nil,
                data: try vault.seal(bytes, for: account.id, id, kind, in: transaction),
                createdAt: transaction.now)
            try transaction.insert(credential)
            return credential
        }
    }

    private func open(_ credential: Credential, with vault: FactorVault? = nil) throws -> [UInt8] {
        let vault = vault ?? self.vault
        return try write { transaction throws(AuthError) in
            try vault.open(credential, in: transaction)
        }
    }

    private func stored() throws -> [Credential] {
        try write { transaction throws(AuthError) in
            try transaction.credentials(after: nil, limit: 1_000)
        }
    }

    private func record() throws -> [UInt8]? {
        try write { transaction throws(AuthError) in try transaction.dataKey() }
    }

    private func fails(_ work: () throws -> Void) -> Bool {
        do {
            try work()
            return false
        } catch AuthError.unavailable(.factorKeyUnusable, _) {
            return true
        } catch {
            return false
        }
    }

    @Test func `what is sealed opens, and shows nothing`() throws {
        let secret = Random.bytes(20)
        let credential = try add(secret)
        #expect(try open(credential) == secret)
        #expect(credential.data.count == DataKeys.ID.count + 12 + secret.count + 16)
        #expect(credential.data.firstRange(of: secret) == nil)
        #expect(try record()?.count == 1 + DataKeys.ID.count + 60)
        let another = try add(secret, .passkey)
        #expect(another.data != credential.data)
        #expect(another.data.prefix(DataKeys.ID.count) == credential.data.prefix(DataKeys.ID.count))
    }

    /// With write access to the database, one person's factor must not become another's.
    @Test func `sealed data open in their own row alone`() throws {
        let credential = try add([1, 2, 3])
        let moved = [
            Credential(
                id: credential.id, accountID: .random(), kind: .totp, data: credential.data,
                createdAt: credential.createdAt),
            Credential(
                id: .random(), accountID: credential.accountID, kind: .totp, data: credential.data,
                createdAt: credential.createdAt),
            Credential(
                id: credential.id, accountID: credential.accountID, kind: .recovery,
                data: credential.data, createdAt: credential.createdAt),
        ]
        for credential in moved { #expect(fails { _ = try open(credential) }) }
        for index in credential.data.indices {
            var altered = credential
            altered.data[index] ^= 1
            #expect(fails { _ = try open(altered) }, "byte \(index)")
        }
        var short = credential
        short.data = []
        #expect(fails { _ = try open(short) })
    }

    @Test func `a challenge's secret opens for that challenge alone`() throws {
        let vault = vault
        let (hash, other) = (SHA256.digest([1]), SHA256.digest([2]))
        let sealed = try write { transaction throws(AuthError) in
            try vault.seal([7, 8], forChallenge: hash, in: transaction)
        }
        func open(_ hash: Digest) throws -> [UInt8] {
            let challenge = Challenge(
                hash: hash, purpose: .totp, accountID: account.id, data: sealed,
                createdAt: world.clock.now, expiresAt: world.clock.now)
            return try write { transaction throws(AuthError) in
                try vault.open(challenge, in: transaction)
            }
        }
        #expect(try open(hash) == [7, 8])
        #expect(fails { _ = try open(other) })
        try add([1])
        let service = try world.service(vault: vault)
        #expect(try service.administration.resealFactors() == 1)
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) { try open(hash) }
    }

    @Test func `a secret key that does not fit is a fault of the server`() throws {
        let credential = try add([1, 2, 3])
        let other = FactorVault([.random()])
        #expect(fails { _ = try open(credential, with: other) })
        #expect(fails { _ = try open(credential, with: FactorVault([])) })
        #expect(fails { try add([4], .recovery, by: other) }, "and seals nothing beside it")
        #expect(try open(credential) == [1, 2, 3])
        let record = try #require(try record())
        #expect(try vault.opens(record) && !other.opens(record))
    }

    @Test func `a data key that seals nothing gives way to a new one`() throws {
        let credential = try add([1])
        let other = FactorVault([.random()])
        let service = try world.service(vault: other)
        #expect(fails { _ = try service.administration.rewrapFactors() })
        let id = account.id
        _ = try write { transaction throws(AuthError) in
            try transaction.deleteCredential(credential.id, of: id)
        }
        #expect(try !service.administration.rewrapFactors())
        #expect(try open(add([2], by: other), with: other) == [2])
    }

    @Test func `a damaged record is a fault of the server`() throws {
        let credential = try add([1])
        let record = try #require(try record())
        for damaged in [
            [], [1], [2] + record.dropFirst(), Array(record.dropLast()), record + [0],
        ] as [[UInt8]] {
            try write { transaction throws(AuthError) in
                try transaction.save(dataKey: damaged)
            }
            #expect(fails { _ = try open(credential) })
            #expect(try !vault.opens(damaged))
        }
    }

    @Test func `a rotation wraps the data key and leaves the factors alone`() throws {
        let credential = try add([1, 2, 3])
        let (new, before) = (Secret.random(), try record())
        vault.replace(by: [new, key])
        #expect(try open(credential) == [1, 2, 3], "wrapped under the former key")
        #expect(try world.service(vault: vault).administration.rewrapFactors())
        #expect(try record() != before && stored() == [credential])
        vault.replace(by: [new])
        #expect(try open(credential) == [1, 2, 3])
        #expect(fails { _ = try open(credential, with: FactorVault([key])) })
    }

    @Test func `a leaked key gets a new data key, which seals everything again`() throws {
        let count = 250
        for index in 0..<count { try add([UInt8(index % 256)], .passkey) }
        let old = try stored()
        let leaked = try #require(try record())
        let new = Secret.random()
        vault.replace(by: [new, key])
        let service = try world.service(vault: vault)
        #expect(try service.administration.resealFactors() == count)
        vault.replace(by: [new])
        let present = try stored()
        for (old, new) in zip(old, present) {
            #expect(old.id == new.id && old.data != new.data)
            #expect(try open(new).count == 1)
            #expect(fails { _ = try open(old) }, "the former data key is gone")
        }
        try write { transaction throws(AuthError) in try transaction.save(dataKey: leaked) }
        #expect(fails { _ = try open(present[0], with: FactorVault([key])) })
    }

    /// A kill after any of its transactions.
    @Test func `a replacement that ends halfway leaves everything openable`() throws {
        let first = try add([1], .passkey)
        let second = try add([2], .passkey)
        let vault = vault
        try write { transaction throws(AuthError) in
            _ = try vault.addDataKey(in: transaction)
            var credential = first
            credential.data = try vault.resealed(first, in: transaction) ?? []
            try transaction.update(credential)
        }
        let (new, service) = (Secret.random(), try world.service(vault: vault))
        #expect(try stored().map { try open($0) }.sorted { $0[0] < $1[0] } == [[1], [2]])
        let added = try add([3], .passkey)
        vault.replace(by: [new, key])
        #expect(try service.administration.rewrapFactors())
        vault.replace(by: [new])
        #expect(try open(second) == [2] && open(added) == [3])
        #expect(try service.administration.resealFactors() == 3)
        #expect(try record()?.count == 1 + DataKeys.ID.count + 60, "one key is left")
        #expect(try stored().map { try open($0) }.sorted { $0[0] < $1[0] } == [[1], [2], [3]])
    }
}
