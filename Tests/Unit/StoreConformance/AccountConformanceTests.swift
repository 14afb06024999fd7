import Auth
import Crypto
import TestSupport
import Testing

struct AccountConformanceTests {
    @Test(arguments: StoreKind.all)
    func `an account is found by id and by email, with its profile and its hash`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, hash) = (try Account.sample(), try PasswordHash.sample())
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: hash)
        }
        let record = try #require(try store.account(account.id))
        #expect(record.account == account)
        #expect(record.profile == Array("profile of Ada".utf8))
        let credential = try #require(try store.credential(account.email))
        #expect(credential.account == account)
        #expect(credential.passwordHash == hash)
        let seen = try store.write { transaction throws(AuthError) in
            try transaction.credential(account.id)
        }
        #expect(seen?.account == account)
        #expect(seen?.passwordHash == hash)
    }

    @Test(arguments: StoreKind.all)
    func `an unknown id or email finds nothing`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(try store.account(.random()) == nil)
        #expect(try store.credential(.sample("nobody@example.org")) == nil)
        let seen = try store.write { transaction throws(AuthError) in
            try transaction.credential(.random())
        }
        #expect(seen == nil)
    }

    @Test(arguments: StoreKind.all)
    func `a second account with the same email is refused`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let first = try Account.sample()
        try store.add(first)
        #expect(throws: AuthError.emailTaken) { try store.add(.sample()) }
        #expect(try store.credential(first.email)?.account == first)
        #expect(try store.accounts(after: nil, limit: 10) == [first])
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that insert one email only one succeeds`(kind: StoreKind) throws {
        let subject = try kind.open()
        let accounts = try (0..<10).map { try Account.sample(name: "Ada \($0)") }
        let hash = try PasswordHash.sample()
        let outcomes = try inParallel(10) { index -> AuthError? in
            failure { () throws(AuthError) in
                try subject.store().write { transaction throws(AuthError) in
                    try transaction.insert(accounts[index], passwordHash: hash)
                }
            }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .emailTaken } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().accounts(after: nil, limit: 10) == [accounts[winner]])
    }

    @Test(arguments: StoreKind.all)
    func `there is at most one owner`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(!store.state.hasOwner)
        try store.add(.sample("one@example.org", role: .owner))
        #expect(store.state.hasOwner)
        #expect(throws: AuthError.alreadySetUp) {
            try store.add(.sample("two@example.org", role: .owner))
        }
        var third = try Account.sample("three@example.org")
        try store.add(third)
        third.role = .owner
        #expect(throws: AuthError.alreadySetUp) { try store.update(third) }
        #expect(try store.account(third.id)?.account.role == .user)
    }

    @Test(arguments: StoreKind.all)
    func `an owner who gives up the role leaves the server without one`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        var owner = try Account.sample(role: .owner)
        try store.add(owner)
        owner.role = .admin
        try store.update(owner)
        #expect(!store.state.hasOwner)
    }

    @Test(arguments: StoreKind.all)
    func `an update is visible to the next read and never changes the email`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        var account = try Account.sample(status: .pending)
        try store.add(account)
        #expect(try other.account(account.id)?.account == account)
        account.name = "Grace"
        account.tier = .pro
        account.role = .admin
        account.status = .active
        account.approvedAt = .start
        var sent = account
        sent.email = try .sample("else@example.org")
        try store.update(sent)
        #expect(try other.account(account.id)?.account == account)
        #expect(try other.account(account.id)?.profile == Array("profile of Grace".utf8))
    }

    @Test(arguments: StoreKind.all)
    func `accounts are paged in the order of their creation`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try (0..<5).map { try Account.sample("user\($0)@example.org") }
        for account in accounts { try store.add(account) }
        #expect(try store.accounts(after: nil, limit: 2) == Array(accounts[0..<2]))
        #expect(try store.accounts(after: accounts[1].id, limit: 10) == Array(accounts[2...]))
        #expect(try store.accounts(after: accounts[4].id, limit: 10).isEmpty)
        #expect(try store.accounts(after: .random(), limit: 10).isEmpty)
        #expect(try store.accounts(after: nil, limit: -1).isEmpty)
    }

    @Test(arguments: StoreKind.all)
    func `work that throws changes nothing`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, hash) = (try Account.sample(role: .owner), try PasswordHash.sample())
        #expect(throws: AuthError.forbidden) {
            try store.write { transaction throws(AuthError) in
                try transaction.insert(account, passwordHash: hash)
                var settings = Settings()
                settings.signup = false
                try transaction.save(settings)
                throw .forbidden
            }
        }
        #expect(try store.account(account.id) == nil)
        #expect(store.state == InstanceState(settings: Settings(), hasOwner: false, setup: nil))
    }

    @Test(arguments: StoreKind.all)
    func `a rehash replaces only the hash that it was computed for`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let hashes = try (0..<3).map { _ in try PasswordHash.sample() }
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: hashes[0])
            try transaction.updatePasswordHash(
                of: account.id, to: hashes[2], ifStill: hashes[1])
        }
        #expect(try store.credential(account.email)?.passwordHash == hashes[0])
        try store.write { transaction throws(AuthError) in
            try transaction.updatePasswordHash(
                of: account.id, to: hashes[2], ifStill: hashes[0])
        }
        #expect(try store.credential(account.email)?.passwordHash == hashes[2])
    }

    @Test(arguments: StoreKind.all)
    func `settings default to enabled and are visible on every thread once saved`(kind: StoreKind)
        throws
    {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        #expect(store.state.settings == Settings())
        var settings = Settings()
        settings.signup = false
        settings.approval = false
        let seen = try store.write { [settings] transaction throws(AuthError) in
            try transaction.save(settings)
            return try transaction.settings()
        }
        #expect(seen == settings)
        #expect(other.state.settings == settings)
        let later = try store.write { transaction throws(AuthError) in try transaction.settings() }
        #expect(later == settings)
    }
}
