import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth

/// What an export reads, as every store gives it.
struct TransferConformanceTests {
    private static let bcrypt = "$2b$04$Oo3V.XVEMOQSfTUJ/G/6a.spUHuMjqatCeSVEGIiOYS56vnZTy5ZS"

    private func accounts(of store: any TransferStore, by count: Int) throws -> [StoredTransfer] {
        var (all, last): ([StoredTransfer], Cursor?) = ([], nil)
        repeat {
            let page = try store.accountTransfers(after: last, limit: count)
            #expect(page.count <= count)
            all += page
            last = page.last.map {
                let account = $0.credential.account
                return Cursor(createdAt: account.createdAt, id: account.id, .oldest)
            }
        } while last != nil && all.count < 100
        return all
    }

    private func invites(of store: any TransferStore, by count: Int) throws -> [InviteTransfer] {
        var (all, last): ([InviteTransfer], Cursor?) = ([], nil)
        repeat {
            let page = try store.inviteTransfers(after: last, limit: count)
            #expect(page.count <= count)
            all += page
            last = page.last.map {
                Cursor(createdAt: $0.invite.createdAt, id: $0.invite.id, .oldest)
            }
        } while last != nil && all.count < 100
        return all
    }

    @Test(arguments: StoreKind.all, [1, 3, 7, 100])
    func `all accounts are read once, oldest first, whatever the page`(
        kind: StoreKind, count: Int
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        // Several at one time, and none in the order in which they are added.
        let made = try [5, 1, 3, 3, 3, 1, 4].enumerated().map { number, second in
            Account(
                id: .random(), email: try .sample("a\(number)@example.org"), name: "Ada",
                tier: .free, role: .user, status: .active,
                createdAt: .start.adding(seconds: Int64(second)))
        }
        for account in made { try store.add(account) }
        let found = try accounts(of: store, by: count).map(\.credential.account)
        #expect(found.map(\.createdAt) == found.map(\.createdAt).sorted())
        #expect(Set(found.map(\.id)) == Set(made.map(\.id)) && found.count == made.count)
        #expect(found == (try accounts(of: store, by: 100)).map(\.credential.account))
    }

    @Test(arguments: StoreKind.all)
    func `an account is read with its password, its factors and its live keys`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        let password = StoredPassword.foreign(try ForeignHash(Self.bcrypt))
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, password: password)
            try transaction.insert(other, password: nil)
        }
        let factors = [Credential.Kind.totp, .passkey].map { Credential.sample($0, of: account) }
        try store.add(factors)
        let expiring = APIKeySample(of: account, at: .start.adding(seconds: 1), lifetime: 1)
        let keys = [APIKeySample(of: account), expiring]
        let revoked = APIKeySample(of: account)
        for key in [keys[1], revoked, keys[0]] { try store.add(key) }
        #expect(try store.revoke(revoked.key.id, of: account.id))
        let found = try accounts(of: store, by: 100)
        let first = try #require(found.first { $0.credential.account == account })
        #expect(first.credential.password == password)
        #expect(Set(first.factors.map(\.data)) == Set(factors.map(\.data)))
        #expect(first.apiKeys == keys.map { APIKeyTransfer($0.details, hash: $0.hash) })
        let second = try #require(found.first { $0.credential.account == other })
        #expect(second.credential.password == nil)
        #expect(second.factors.isEmpty && second.apiKeys.isEmpty)
    }

    @Test(arguments: StoreKind.all, [1, 2, 100])
    func `all invitations are read once, with the hashes of their codes`(
        kind: StoreKind, count: Int
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let owner = try Account.sample()
        try store.add(owner)
        let made = (0..<5).map { number in
            InviteTransfer(
                Invite(
                    id: .random(), email: nil, role: .member, tier: .pro, maximumUses: 4,
                    createdBy: number == 0 ? nil : owner.id,
                    createdAt: .start.adding(seconds: Int64(-number / 2)),
                    expiresAt: .start.adding(seconds: 60)), codeHash: .random())
        }
        try store.write { transaction throws(AuthError) in
            for each in made { try transaction.insert(each.invite, codeHash: each.codeHash) }
        }
        let found = try invites(of: store, by: count)
        #expect(found.count == made.count && made.allSatisfy(found.contains))
        #expect(
            found.map(\.invite.createdAt) == found.map(\.invite.createdAt).sorted())
    }

    @Test(arguments: StoreKind.all)
    func `an empty store has no page`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(try store.accountTransfers(after: nil, limit: 9).isEmpty)
        #expect(try store.inviteTransfers(after: nil, limit: 9).isEmpty)
        try store.add(try Account.sample())
        #expect(try store.accountTransfers(after: nil, limit: 0).isEmpty)
    }
}
