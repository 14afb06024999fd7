import Crypto
import TestSupport
import Testing

@testable import Auth

/// Passwords, which an account may be without.
struct PasswordConformanceTests {
    private func update(
        _ account: Account, to hash: PasswordHash, ifStill old: PasswordHash?, in store: any Store
    ) throws {
        try store.write { transaction throws(AuthError) in
            try transaction.updatePasswordHash(of: account.id, to: hash, ifStill: old)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an account stays when its password is deleted`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let totp = Credential.sample(.totp, of: accounts[0])
        try store.add([totp])
        for _ in 1...2 {
            let inside = try store.write { transaction throws(AuthError) in
                try transaction.deletePassword(of: accounts[0].id)
                return try transaction.credential(accounts[0].id)
            }
            #expect(inside?.account == accounts[0] && inside?.passwordHash == nil)
        }
        let seen = try #require(try other.credential(accounts[0].email))
        #expect(seen.account == accounts[0] && seen.passwordHash == nil)
        #expect(try other.credentials(of: accounts[0].id) == [totp])
        #expect(try other.credential(accounts[1].email)?.passwordHash != nil)
        #expect(try other.credential(.sample("nobody@example.org")) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `a password is added where there is none, but never by a rehash`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let former = try #require(try store.credential(account.email)?.passwordHash)
        let hashes = try (0..<2).map { _ in try PasswordHash.sample() }
        try store.write { transaction throws(AuthError) in
            try transaction.deletePassword(of: account.id)
        }
        try update(account, to: hashes[0], ifStill: former, in: store)
        #expect(try #require(try store.credential(account.email)).passwordHash == nil)
        for hash in hashes {
            try update(account, to: hash, ifStill: nil, in: store)
            #expect(try store.credential(account.email)?.passwordHash == hash)
        }
        try update(.sample("nobody@example.org"), to: hashes[0], ifStill: nil, in: store)
        #expect(try store.credential(.sample("nobody@example.org")) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `of two ways in ten threads remove only one`(kind: StoreKind) throws {
        // Half of them the password and half the passkey, each unless it is the last.
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let passkey = Credential.sample(.passkey, of: account)
        try subject.store().add([passkey])
        let removed = try inParallel(10) { index in
            try? subject.store().write { transaction throws(AuthError) in
                let hasPassword = try transaction.credential(account.id)?.passwordHash != nil
                let hasPasskey = try !transaction.credentials(of: account.id).isEmpty
                guard hasPassword, hasPasskey else { return false }
                if index.isMultiple(of: 2) {
                    try transaction.deletePassword(of: account.id)
                } else {
                    _ = try transaction.deleteCredential(passkey.id, of: account.id)
                }
                return true
            }
        }
        #expect(removed.count { $0 == true } == 1)
        #expect(removed.count { $0 == false } == 9)
        let hasPassword = try subject.store().credential(account.email)?.passwordHash != nil
        #expect(try subject.store().credentials(of: account.id).isEmpty == hasPassword)
    }
}
