import Crypto
import TestSupport
import Testing

@testable import Auth

struct DeletionConformanceTests {
    private func mail(to email: String, of account: Account?) throws -> Mail {
        Mail(
            id: .random(), kind: .approvalWanted, recipient: try .sample(email),
            accountID: account?.id, content: [1], createdAt: .start)
    }

    @Test(arguments: StoreKind.all)
    func `deleting an account deletes everything that belongs to it, also from the cache`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let people = try ["ada@x.org", "bob@x.org"].map { try Account.sample($0) }
        var sessions: [Session] = []
        var keys: [(details: APIKeyDetails, hash: Digest)] = []
        var tokens: [LinkToken] = []
        for account in people {
            try store.add(account)
            let session = Session.sample(of: account)
            let details = APIKeyDetails(
                key: APIKey(id: .random(), accountID: account.id, scopes: .read, expiresAt: nil),
                name: "key", prefix: "luna_", createdAt: .start, lastUsedAt: nil)
            let token = LinkToken(
                hash: .random(), purpose: .decide, accountID: account.id, email: nil,
                createdAt: .start, expiresAt: .start.adding(seconds: 60))
            let (hash, own) = (Digest.random(), try mail(to: "owner@x.org", of: account))
            try store.write { transaction throws(AuthError) in
                try transaction.insert(session, from: .commandLine)
                try transaction.insert(details, hash: hash)
                try transaction.insert(token)
                try transaction.enqueue(own)
            }
            sessions.append(session)
            keys.append((details, hash))
            tokens.append(token)
        }
        let foreign = try mail(to: "ada@x.org", of: nil)
        try store.write { transaction throws(AuthError) in try transaction.enqueue(foreign) }
        // Now each of them is in the cache, if there is one.
        for index in people.indices {
            #expect(try other.account(people[index].id)?.account == people[index])
            #expect(try other.session(.id(sessions[index].id), now: .start) != nil)
            let byHash = Session.Key.tokenHash(sessions[index].tokenHash)
            #expect(try other.session(byHash, now: .start) != nil)
            #expect(try other.apiKey(keys[index].hash, now: .start) == keys[index].details.key)
        }
        for _ in 1...2 {
            try store.write { [gone = people[0].id] transaction throws(AuthError) in
                try transaction.eraseAccount(gone)
            }
        }
        for (index, exists) in [(0, false), (1, true)] {
            #expect(try (other.account(people[index].id) != nil) == exists)
            #expect(try (other.credential(people[index].email) != nil) == exists)
            #expect(try (other.session(.id(sessions[index].id), now: .start) != nil) == exists)
            let byHash = Session.Key.tokenHash(sessions[index].tokenHash)
            #expect(try (other.session(byHash, now: .start) != nil) == exists)
            #expect(try (other.apiKey(keys[index].hash, now: .start) != nil) == exists)
            let token = try other.linkToken(tokens[index].hash, for: .decide, at: .start)
            #expect((token != nil) == exists)
        }
        let waiting = try other.queuedMail(nil, PageRequest()).items.map(\.mail)
        #expect(waiting.count == 2 && waiting.contains(foreign))
        #expect(waiting.allSatisfy { $0.accountID != people[0].id })
        try store.add(.sample("ada@x.org", name: "New Ada"))
    }

    @Test(arguments: StoreKind.all)
    func `deleting an account deletes what it is proven with and what it began`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let people = try ["ada@x.org", "bob@x.org"].map { try Account.sample($0) }
        var passkeys: [Credential] = []
        var challenges: [Challenge] = []
        for account in people {
            try store.add(account)
            let passkey = Credential.sample(.passkey, of: account)
            try store.add([Credential.sample(.totp, of: account), passkey])
            let challenge = Challenge.sample(of: account)
            try store.add([challenge])
            try store.add([TrustedBrowser.sample(of: account)])
            passkeys.append(passkey)
            challenges.append(challenge)
        }
        let nameless = Challenge.sample(.passkeySignIn, of: nil)
        try store.add([nameless])
        try store.write { [gone = people[0].id] transaction throws(AuthError) in
            try transaction.eraseAccount(gone)
        }
        for (index, count) in [(0, 0), (1, 1)] {
            let id = people[index].id
            #expect(try store.credentials(of: id).count == 2 * count)
            #expect(try (store.passkey(#require(passkeys[index].handle)) != nil) == (count > 0))
            let challenge = try store.challenge(
                challenges[index].hash, for: .secondFactor, at: .start)
            #expect((challenge != nil) == (count > 0))
            #expect(try store.trustedBrowsers(of: id, at: .start).count == count)
        }
        #expect(try store.challenge(nameless.hash, for: .passkeySignIn, at: .start) == nameless)
    }

    @Test(arguments: StoreKind.all)
    func `deleting the owner leaves the server without one`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let owner = try Account.sample(role: .owner)
        try store.add(owner)
        try store.write { transaction throws(AuthError) in try transaction.eraseAccount(owner.id) }
        #expect(!store.state.hasOwner)
    }

    @Test(arguments: StoreKind.all)
    func `disabling takes effect at once, also in the cache`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        var account = try Account.sample()
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        #expect(try other.account(account.id)?.account.status == .active)
        #expect(try other.session(.id(session.id), now: .start) == session)
        account.status = .disabled
        try store.update(account)
        #expect(try other.account(account.id)?.account.status == .disabled)
        #expect(try other.session(.id(session.id), now: .start) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `reading a link token does not consume it`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let token = LinkToken(
            hash: .random(), purpose: .decide, accountID: account.id, email: account.email,
            createdAt: .start, expiresAt: .start.adding(seconds: 60))
        try store.write { transaction throws(AuthError) in try transaction.insert(token) }
        for _ in 1...2 {
            #expect(try store.linkToken(token.hash, for: .decide, at: .start) == token)
        }
        #expect(try store.linkToken(token.hash, for: .verifyEmail, at: .start) == nil)
        #expect(try store.linkToken(token.hash, for: .decide, at: token.expiresAt) == nil)
        #expect(try store.linkToken(.random(), for: .decide, at: .start) == nil)
        try store.write { transaction throws(AuthError) in
            try transaction.revokeLinks(of: account.id, for: [.decide])
        }
        #expect(try store.linkToken(token.hash, for: .decide, at: .start) == nil)
    }
}
