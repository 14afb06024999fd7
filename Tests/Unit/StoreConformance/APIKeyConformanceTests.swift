import Crypto
import TestSupport
import Testing

@testable import Auth

struct APIKeyConformanceTests {
    @Test(
        arguments: StoreKind.all,
        [.read, .write, .standard, .admin, [.read, .write, .admin]] as [APIKey.Scopes])
    func `a key is found by its hash, from the database and from the cache`(
        kind: StoreKind, scopes: APIKey.Scopes
    ) throws {
        let subject = try kind.open()
        let (store, account) = (subject.store(), try Account.sample())
        let sample = APIKeySample(of: account, scopes: scopes)
        try store.add(account)
        try store.add(sample)
        for _ in 0..<2 { #expect(try store.apiKey(sample.hash, now: .start) == sample.key) }
        #expect(try store.apiKey(.random(), now: .start) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `revoking all keys of an account counts those that were live`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let (account, bystander) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(bystander)
        let live = [APIKeySample(of: account), APIKeySample(of: account, lifetime: 60)]
        let expired = APIKeySample(of: account, at: .start.adding(seconds: -60), lifetime: 60)
        let (revoked, kept) = (APIKeySample(of: account), APIKeySample(of: bystander))
        for sample in live + [expired, revoked, kept] { try store.add(sample) }
        #expect(try store.revoke(revoked.key.id, of: account.id))
        for sample in live {
            #expect(try other.apiKey(sample.hash, now: .start) == sample.key)
        }
        let count = try store.write { transaction throws(AuthError) in
            try transaction.endAPIKeys(of: account.id)
        }
        #expect(count == 2)
        // A clock that is set back revives none of them.
        let before = Timestamp.start.adding(seconds: -30)
        for sample in live + [expired, revoked] {
            #expect(try other.apiKey(sample.hash, now: before) == nil)
        }
        #expect(try other.apiKey(kept.hash, now: .start) == kept.key)
    }

    @Test(arguments: StoreKind.all)
    func `a key expires to the millisecond, also in the cache`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, account) = (subject.store(), try Account.sample())
        let sample = APIKeySample(of: account, lifetime: 10)
        try store.add(account)
        try store.add(sample)
        let end = Timestamp.start.adding(seconds: 10)
        let last = Timestamp(milliseconds: end.milliseconds - 1)
        for _ in 0..<2 {
            #expect(try store.apiKey(sample.hash, now: last) == sample.key)
            #expect(try store.apiKey(sample.hash, now: end) == nil)
        }
        let count = { (time: Timestamp) in
            subject.clock.set(to: time)
            return try store.write { transaction throws(AuthError) in
                try transaction.countAPIKeys(of: account.id)
            }
        }
        #expect(try count(last) == 1)
        #expect(try count(end) == 0)
        #expect(try store.apiKeys(of: account.id, PageRequest(), now: end).items == [])
        #expect(try store.ownedAPIKeys(of: nil, PageRequest(), now: end).items == [])
    }

    enum Ending: CaseIterable { case revokedByOwner, revokedByOperator, deleted }

    @Test(arguments: StoreKind.all, Ending.allCases)
    func `a revoked or deleted key is gone on every thread and no other is`(
        kind: StoreKind, ending: Ending
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let (account, bystander) = (try Account.sample(), try Account.sample("else@example.org"))
        let (sample, kept) = (APIKeySample(of: account), APIKeySample(of: bystander))
        for each in [account, bystander] { try store.add(each) }
        for each in [sample, kept] {
            try store.add(each)
            #expect(try other.apiKey(each.hash, now: .start) == each.key)
        }
        switch ending {
        case .revokedByOwner: #expect(try store.revoke(sample.key.id, of: account.id))
        case .revokedByOperator: #expect(try store.revoke(sample.key.id, of: nil))
        case .deleted:
            try store.write { transaction throws(AuthError) in
                try transaction.eraseAccount(account.id)
            }
        }
        #expect(try other.apiKey(sample.hash, now: .start) == nil)
        #expect(try other.apiKey(kept.hash, now: .start) == kept.key)
        #expect(try !store.revoke(sample.key.id, of: nil))
        let left = try other.ownedAPIKeys(of: nil, PageRequest(), now: .start)
        #expect(left.items == [OwnedAPIKey(details: kept.details, email: bystander.email)])
    }

    @Test(arguments: StoreKind.all)
    func `a key is revoked once and only for its own account`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, account) = (subject.store(), try Account.sample())
        let sample = APIKeySample(of: account)
        try store.add(account)
        try store.add(sample)
        #expect(try !store.revoke(sample.key.id, of: .random()))
        #expect(try !store.revoke(.random(), of: account.id))
        #expect(try store.apiKey(sample.hash, now: .start) == sample.key)
        #expect(try store.revoke(sample.key.id, of: account.id))
        #expect(try !store.revoke(sample.key.id, of: account.id))
    }

    @Test(arguments: StoreKind.all)
    func `keys are listed by account or for all, newest first, in pages`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        var mine: [APIKeyDetails] = []
        var all: [APIKeyDetails] = []
        for index in 0..<6 {
            let sample = APIKeySample(
                of: index % 2 == 0 ? account : other,
                at: .start.adding(seconds: Int64(index)), lifetime: 3_600)
            try store.add(sample)
            if index % 2 == 0 { mine.insert(sample.details, at: 0) }
            all.insert(sample.details, at: 0)
        }
        let pages = { (list: (PageRequest) throws -> Page<APIKeyDetails>) in
            var (found, request) = ([APIKeyDetails](), PageRequest(limit: 2) as PageRequest?)
            while let present = request {
                let page = try list(present)
                found += page.items
                request = page.next.map { PageRequest(limit: 2, after: $0) }
            }
            return found
        }
        #expect(try pages { try store.apiKeys(of: account.id, $0, now: .start) } == mine)
        let owned = { (id: UUID?) in
            try pages { try store.ownedAPIKeys(of: id, $0, now: .start).map(\.details) }
        }
        #expect(try owned(nil) == all)
        #expect(try owned(account.id) == mine)
    }

    @Test(arguments: StoreKind.all)
    func `concurrent creations that check the count never exceed the limit`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let outcomes = try inParallel(8) { _ -> AuthError? in
            let sample = APIKeySample(of: account)
            return failure { () throws(AuthError) in
                try subject.store().write { transaction throws(AuthError) in
                    guard try transaction.countAPIKeys(of: account.id) < 3 else {
                        throw .limitReached
                    }
                    try transaction.insert(sample.details, hash: sample.hash)
                }
            }
        }
        #expect(outcomes.count { $0 == nil } == 3)
        #expect(outcomes.count { $0 == .limitReached } == 5)
    }
}
