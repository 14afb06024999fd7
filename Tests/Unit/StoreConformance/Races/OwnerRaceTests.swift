import Crypto
import TestSupport
import Testing

@testable import Auth

/// Who administers the server, decided by several threads at once.
struct OwnerRaceTests {
    private func accounts(
        _ count: Int, _ role: Account.Role, in subject: StoreUnderTest
    ) throws -> [Account] {
        let accounts = try (0..<count).map {
            try Account.sample("person\($0)@example.org", role: role)
        }
        for account in accounts { try subject.store().add(account) }
        return accounts
    }

    @Test(arguments: StoreKind.racing)
    func `of eight concurrent setups exactly one succeeds`(kind: StoreKind) throws {
        let subject = try kind.open()
        let owners = try (0..<8).map { try Account.sample("o\($0)@example.org", role: .owner) }
        let (record, hash) = (SetupRecord.sample("main"), try PasswordHash.sample())
        let outcomes = try inParallel(8) { index -> AuthError? in
            failure { () throws(AuthError) in
                let owner = owners[index]
                try subject.store().setUp(
                    record, owner: owner, passwordHash: hash, session: .sample(of: owner),
                    from: .commandLine, alongside: { _ in })
            }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .alreadySetUp } == 7)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().accounts(after: nil, limit: 10) == [owners[winner]])
    }

    @Test(arguments: StoreKind.racing)
    func `of ten owners that are added at once one is`(kind: StoreKind) throws {
        let subject = try kind.open()
        let owners = try (0..<10).map { try Account.sample("o\($0)@example.org", role: .owner) }
        let hash = try PasswordHash.sample()
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            try transaction.insert(owners[index], passwordHash: hash)
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .alreadySetUp } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().accounts(after: nil, limit: 10) == [owners[winner]])
        #expect(subject.becomeTrue(\.hasOwner))
    }

    @Test(arguments: StoreKind.racing)
    func `ownership that is transferred by ten threads at once has one end`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let owner = try Account.sample("owner@example.org", role: .owner)
        try subject.store().add(owner)
        let heirs = try accounts(10, .admin, in: subject)
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            guard var former = try transaction.owner() else { throw .notFound }
            former.role = .admin
            try transaction.change(former)
            var heir = heirs[index]
            heir.role = .owner
            try transaction.change(heir)
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        let roles = try subject.store().accounts(after: nil, limit: 20).map(\.role)
        #expect(roles.count { $0 == .owner } == 1 && roles.count { $0 == .admin } == 10)
        #expect(roles.first == .admin)
    }

    /// Each reads that it is an administrator, and changes the other: what neither wrote decides.
    @Test(arguments: StoreKind.racing, 0..<5)
    func `of two administrators that demote each other one stays`(
        kind: StoreKind, round: Int
    ) throws {
        let subject = try kind.open()
        let admins = try accounts(2, .admin, in: subject)
        let outcomes = try subject.race(2) { index, transaction throws(AuthError) in
            let own = try transaction.credential(admins[index].id)?.account
            guard own?.role == .admin else { throw .forbidden }
            var other = admins[1 - index]
            other.role = .member
            try transaction.change(other)
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .forbidden } == 1)
        let roles = try subject.store().accounts(after: nil, limit: 10).map(\.role)
        #expect(Set(roles) == [.admin, .member])
    }

    /// Each counts those that are left, and removes itself: the last administrator stays.
    @Test(arguments: StoreKind.racing)
    func `of ten administrators that resign unless they are the last one stays`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let admins = try accounts(10, .admin, in: subject)
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            var left = 0
            for admin in admins
            where try transaction.credential(admin.id)?.account.role == .admin { left += 1 }
            guard left > 1 else { throw .limitReached }
            var member = admins[index]
            member.role = .member
            try transaction.change(member)
        }
        #expect(outcomes.count { $0 == nil } == 9)
        #expect(outcomes.count { $0 == .limitReached } == 1)
        let roles = try subject.store().accounts(after: nil, limit: 10).map(\.role)
        #expect(roles.count { $0 == .admin } == 1)
    }

    @Test(arguments: StoreKind.racing)
    func `settings that ten threads change at once lose no change`(kind: StoreKind) throws {
        let subject = try kind.open()
        let outcomes = try subject.race(6) { index, transaction throws(AuthError) in
            var settings = try transaction.settings()
            switch index {
            case 0: settings.signup = false
            case 1: settings.approval = false
            case 2: settings.register = false
            case 3: settings.siteName = "Site"
            case 4: settings.siteSupport = "help@example.org"
            default: settings.requireEmailVerification.toggle()
            }
            try transaction.save(settings)
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        var expected = Settings()
        (expected.signup, expected.approval, expected.register) = (false, false, false)
        (expected.siteName, expected.siteSupport) = ("Site", "help@example.org")
        expected.requireEmailVerification.toggle()
        #expect(subject.becomeTrue { $0.settings == expected })
        let stored = try subject.store().write { transaction throws(AuthError) in
            try transaction.settings()
        }
        #expect(stored == expected)
    }
}
