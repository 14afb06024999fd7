import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth

/// What leaves a server arrives on another one as it was.
struct TransferTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .pending)
        service = try world.service()
        try world.setForeignHash(
            "$2b$04$0B4BqGdVEBracqp16T4EIuy/TtUyEkinDcrXvrOAT05Lc1vpDwVsu",
            of: Person.customer.email)
        world.confirm(Person.admin.email)
        try world.makeKey(of: Person.admin.email)
        try addFactors()
        let owner = try #require(world.account(Person.owner.email))
        let invite = Invite(
            id: .random(), email: Email("friend@example.org"), role: .member, tier: .pro,
            maximumUses: 1, createdBy: owner.id, createdAt: world.clock.now,
            expiresAt: world.clock.now.adding(seconds: 86_400))
        try world.store.write { transaction throws(AuthError) in
            try transaction.insert(invite, codeHash: SHA256.digest([1]))
        }
    }

    private func addFactors() throws {
        let (vault, id) = (world.vault, try #require(world.account(Person.admin.email)).id)
        try world.store.write { transaction throws(AuthError) in
            for (kind, count) in [(Credential.Kind.totp, 28), (.recovery, 64)] {
                let factor = UUID.random()
                try transaction.insert(
                    Credential(
                        id: factor, accountID: id, kind: kind,
                        data: try vault.seal(
                            [UInt8](repeating: 7, count: count), for: id, factor, kind,
                            in: transaction), createdAt: transaction.now))
            }
        }
    }

    private func export(
        of service: AuthService, withSecrets: Bool = true
    ) throws -> [TransferRecord] {
        let accounts = try service.transfer.accounts(
            after: nil, limit: 100, withSecrets: withSecrets)
        let invites = try service.transfer.invites(after: nil, limit: 100)
        return accounts.map(TransferRecord.account) + invites.map(TransferRecord.invite)
    }

    private func emptyServer() throws -> (world: World, service: AuthService) {
        let world = try World()
        return (world, try world.service())
    }

    private let options = ImportOptions(allowsAdministrators: true, isTrial: false)

    @Test func `an export, imported into an empty server, is the same export there`() throws {
        let records = try export(of: service)
        #expect(records.count == 5)
        let (_, other) = try emptyServer()
        let results = try other.transfer.importRecords(records, options)
        #expect(results.allSatisfy { $0 == ImportResult(.created) })
        #expect(try export(of: other) == records)
        #expect(
            try other.transfer.importRecords(records, options)
                .allSatisfy { $0 == ImportResult(.unchanged) })
    }

    @Test func `factors without their secrets are named, and not made`() throws {
        let records = try export(of: service, withSecrets: false)
        let (world, other) = try emptyServer()
        let results = try other.transfer.importRecords(records, options)
        let factors = results.filter { !$0.factorsToEnrol.isEmpty }
        #expect(factors.map { Set($0.factorsToEnrol) } == [[.totp, .recovery]])
        #expect(world.store.memory.factors.isEmpty)
        for case .account(let account) in records {
            #expect(account.factors.allSatisfy { $0.secret == nil })
        }
    }

    @Test func `a factor whose secret is none of its kind is enrolled again`() throws {
        let (world, other) = try emptyServer()
        var account = AccountTransfer(email: try #require(Email("new@example.org")))
        account.factors = [
            FactorTransfer(
                id: .random(), kind: .totp, handle: nil, name: nil, createdAt: world.clock.now,
                lastUsedAt: nil, secret: [1, 2, 3]),
            FactorTransfer(
                id: .random(), kind: .passkey, handle: nil, name: nil, createdAt: world.clock.now,
                lastUsedAt: nil, secret: nil),
        ]
        let results = try other.transfer.importRecords([.account(account)], options)
        #expect(results == [ImportResult(.created, factorsToEnrol: [.totp, .passkey])])
        #expect(world.store.memory.factors.isEmpty)
    }

    @Test func `pages follow each other to the end`() throws {
        var (emails, last): ([String], Cursor?) = ([], nil)
        repeat {
            let page = try service.transfer.accounts(after: last, limit: 3, withSecrets: false)
            emails += page.map(\.email.address)
            last = page.last?.position
        } while last != nil
        #expect(
            emails.sorted() == world.store.memory.credentials.map(\.account.email.address).sorted())
    }

    @Test func `an invitation is imported once, and its code belongs to one`() throws {
        let records = try export(of: service).filter {
            if case .invite = $0 { true } else { false }
        }
        guard case .invite(let first)? = records.first else { return }
        let old = first.invite
        let second = Invite(
            id: .random(), email: nil, role: .admin, tier: .free, maximumUses: 1,
            createdBy: .random(), createdAt: old.createdAt, expiresAt: old.expiresAt)
        let (_, other) = try emptyServer()
        let careful = ImportOptions(allowsAdministrators: false, isTrial: false)
        let outcomes = try other.transfer.importRecords(
            [
                .invite(first), .invite(first),
                .invite(InviteTransfer(second, codeHash: first.codeHash)),
                .invite(InviteTransfer(second, codeHash: SHA256.digest([2]))),
            ], careful
        ).map(\.outcome)
        #expect(outcomes == [.created, .unchanged, .refused(.codeTaken), .refused(.administrator)])
        // Its maker is not here.
        #expect(try other.transfer.invites(after: nil, limit: 9).first?.invite.createdBy == nil)
    }
}
