import Crypto
import TestSupport
import Testing

@testable import Auth

struct CredentialConformanceTests {
    @Test(arguments: StoreKind.all)
    func `credentials are listed by age and found by handle on every thread`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let (account, bystander) = (try Account.sample(), try Account.sample("bob@example.org"))
        for each in [account, bystander] { try store.add(each) }
        let later = Timestamp.start.adding(seconds: 1)
        let passkeys = (0..<3).map { _ in Credential.sample(.passkey, of: account, at: later) }
            .sorted { $0.id.octets.lexicographicallyPrecedes($1.id.octets) }
        let recovery = Credential.sample(.recovery, of: account, at: later.adding(seconds: 1))
        let totp = Credential.sample(.totp, of: account)
        let foreign = Credential.sample(.passkey, of: bystander)
        try store.add([passkeys[2], recovery, passkeys[0], foreign, totp, passkeys[1]])
        #expect(try other.credentials(of: account.id) == [totp] + passkeys + [recovery])
        #expect(try other.credentials(of: .random()) == [])
        for passkey in passkeys + [foreign] {
            #expect(try other.passkey(#require(passkey.handle)) == passkey)
        }
        #expect(try other.passkey([1]) == nil && other.passkey([]) == nil)
        let handle = try #require(foreign.handle)
        let seen = try store.write { transaction throws(AuthError) in
            try transaction.credentials(of: account.id) + [transaction.passkey(handle)]
        }
        #expect(seen == [totp] + passkeys + [recovery, foreign])
    }

    @Test(arguments: StoreKind.all)
    func `name, data and last use change, and nothing else`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let (passkey, totp) = (
            Credential.sample(.passkey, of: account), Credential.sample(.totp, of: account)
        )
        try store.add([passkey, totp])
        let stranger = try Account.sample("bob@example.org")
        try store.add(stranger)
        var changed = Credential(
            id: passkey.id, accountID: stranger.id, kind: .passkey, handle: [7], name: "Phone",
            data: [1, 2], createdAt: .start.adding(seconds: 9),
            lastUsedAt: .start.adding(seconds: 5))
        try store.write { [changed] transaction throws(AuthError) in try transaction.update(changed)
        }
        var expected = passkey
        expected.name = "Phone"
        expected.data = [1, 2]
        expected.lastUsedAt = .start.adding(seconds: 5)
        #expect(try store.passkey(#require(passkey.handle)) == expected)
        #expect(try store.passkey([7]) == nil)
        #expect(try store.credentials(of: account.id).contains(totp))
        changed.data = []
        changed.lastUsedAt = nil
        try store.write { [changed] transaction throws(AuthError) in try transaction.update(changed)
        }
        expected.data = []
        expected.lastUsedAt = nil
        #expect(try store.passkey(#require(passkey.handle)) == expected)
    }

    @Test(arguments: StoreKind.all, [Credential.Kind.totp, .recovery])
    func `an account has one authenticator app and one set of recovery codes`(
        kind: StoreKind, single: Credential.Kind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let first = Credential.sample(single, of: accounts[0])
        try store.add([first])
        #expect(throws: AuthError.limitReached) {
            try store.add([Credential.sample(single, of: accounts[0])])
        }
        #expect(try store.credentials(of: accounts[0].id) == [first])
        try store.add([Credential.sample(single, of: accounts[1])])
        try store.write { transaction throws(AuthError) in
            _ = try transaction.deleteCredential(first.id, of: accounts[0].id)
            try transaction.insert(Credential.sample(single, of: accounts[0]))
        }
    }

    @Test(arguments: StoreKind.all)
    func `a handle is one passkey, of one account`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let longest = [UInt8](repeating: 9, count: 1_023)
        let first = Credential.sample(.passkey, of: accounts[0], handle: longest)
        try store.add([first])
        for account in accounts {
            #expect(throws: AuthError.limitReached) {
                try store.add([Credential.sample(.passkey, of: account, handle: longest)])
            }
        }
        #expect(try store.passkey(longest) == first)
        #expect(try store.credentials(of: accounts[1].id) == [])
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that add an authenticator app only one succeeds`(kind: StoreKind) throws {
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let credentials = (0..<10).map { _ in Credential.sample(.totp, of: account) }
        let outcomes = try inParallel(10) { index in
            failure { () throws(AuthError) in try subject.store().add([credentials[index]]) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .limitReached } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().credentials(of: account.id) == [credentials[winner]])
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that register one handle only one succeeds`(kind: StoreKind) throws {
        let subject = try kind.open()
        let accounts = try (0..<10).map { try Account.sample("person\($0)@example.org") }
        for account in accounts { try subject.store().add(account) }
        let outcomes = try inParallel(10) { index in
            failure { () throws(AuthError) in
                try subject.store().add([
                    Credential.sample(.passkey, of: accounts[index], handle: [1, 2, 3])
                ])
            }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .limitReached } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().passkey([1, 2, 3])?.accountID == accounts[winner].id)
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that delete a credential only one finds it`(kind: StoreKind) throws {
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let credential = Credential.sample(.recovery, of: account)
        try subject.store().add([credential])
        let outcomes = try inParallel(10) { _ in
            try? subject.store().write { transaction throws(AuthError) in
                try transaction.deleteCredential(credential.id, of: account.id)
            }
        }
        #expect(outcomes.count { $0 == true } == 1)
        #expect(outcomes.count { $0 == false } == 9)
    }

    @Test(arguments: StoreKind.all)
    func `a credential is deleted for its account only, and its password never with it`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let kept = Credential.sample(.totp, of: accounts[1])
        try store.add([kept] + Credential.Kind.allCases.map { .sample($0, of: accounts[0]) })
        let deleted = try store.write { transaction throws(AuthError) in
            [
                try transaction.deleteCredential(kept.id, of: accounts[0].id),
                try transaction.deleteCredential(.random(), of: accounts[0].id),
                // The id of a password, as some stores keep it.
                try transaction.deleteCredential(accounts[0].id, of: accounts[0].id),
            ]
        }
        #expect(deleted == [false, false, false])
        let counts = try store.write { transaction throws(AuthError) in
            [
                try transaction.deleteCredentials(of: accounts[0].id),
                try transaction.deleteCredentials(of: accounts[0].id),
            ]
        }
        #expect(counts == [3, 0])
        #expect(try store.credentials(of: accounts[0].id) == [])
        #expect(try store.credentials(of: accounts[1].id) == [kept])
        for account in accounts {
            #expect(try store.credential(account.email)?.passwordHash != nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `all credentials are read in pages, in an order that stays`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        var all: [Credential] = []
        for index in 0..<5 {
            let account = try Account.sample("person\(index)@example.org")
            try store.add(account)
            all += [.sample(.totp, of: account), .sample(.passkey, of: account)]
        }
        try store.add(all)
        let expected = all.sorted { $0.id.octets.lexicographicallyPrecedes($1.id.octets) }
        let read = try store.write { transaction throws(AuthError) in
            var read: [Credential] = []
            while true {
                let page = try transaction.credentials(after: read.last?.id, limit: 3)
                guard !page.isEmpty else { return read }
                read += page
                // What was read may change, and go, meanwhile.
                if let last = page.last {
                    _ = try transaction.deleteCredential(last.id, of: last.accountID)
                }
            }
        }
        #expect(read == expected)
    }

    @Test(arguments: StoreKind.all)
    func `the data key is kept once, and replaced`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let seen = try store.write { transaction throws(AuthError) in
            var seen = [try transaction.dataKey()]
            for key in [[1, 2], [3]] as [[UInt8]] {
                try transaction.save(dataKey: key)
                seen.append(try transaction.dataKey())
            }
            return seen
        }
        #expect(seen == [nil, [1, 2], [3]])
        #expect(
            try store.write { transaction throws(AuthError) in try transaction.dataKey() } == [3])
    }

    @Test(arguments: StoreKind.all)
    func `a credential of no account is refused`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let stranger = try Account.sample()
        let error = failure { () throws(AuthError) in
            try store.add([Credential.sample(.totp, of: stranger)])
        }
        #expect(error?.fault != nil)
    }
}
