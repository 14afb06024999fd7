import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth

/// Password hashes of other systems, as every store keeps them.
struct ForeignPasswordConformanceTests {
    private static let texts = [
        "$2b$04$Oo3V.XVEMOQSfTUJ/G/6a.spUHuMjqatCeSVEGIiOYS56vnZTy5ZS",
        "$2b$04$FuMKW8WGgpkYArEI2F.Ya.v.X8c6HBJi5IqQ94rbd1c6hV0psk8nG",
        "$2b$05$FuMKW8WGgpkYArEI2F.Ya.v.X8c6HBJi5IqQ94rbd1c6hV0psk8nG",
        "$pbkdf2$1000$ztmbkxJiTKm1di7lPEco5Q$cAn4GJ2H5Q70MhDgd0aY8Uzude0",
        "$scrypt$ln=6,r=8,p=1$kHIOodTa2xvDOMd4TwlBCA$Dlj/fAWu0PtiHndmd0nnUCim82h5cXHflyLVbC1RC5c",
        "bcrypt_sha256$$2b$04$Yycut27djxKiJ2Jcq96dtuhpSUhf2Hq5RMF71Iilgr6gKNcY8KmFW",
    ]

    @Test(arguments: StoreKind.all, texts)
    func `a foreign hash reads back as it was written`(kind: StoreKind, text: String) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let password = StoredPassword.foreign(try ForeignHash(text))
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, password: password)
        }
        #expect(try subject.store().credential(account.email)?.password == password)
        #expect(try store.credential(account.email)?.passwordHash == nil)
        let own = try PasswordHash.sample()
        let other = StoredPassword.foreign(try ForeignHash(Self.texts[0]).decoy())
        for (expected, still) in [(password, other), (.own(own), password)] {
            try store.write { transaction throws(AuthError) in
                try transaction.updatePassword(of: account.id, to: .own(own), ifStill: still)
            }
            #expect(try store.credential(account.email)?.password == expected)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an account is made without a password`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, password: nil)
        }
        let found = try #require(try store.credential(account.email))
        #expect(found.account == account && !found.hasPassword)
    }

    @Test(arguments: StoreKind.racing)
    func `every daemon has a decoy for each form that is stored`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        for (number, text) in Self.texts.enumerated() {
            let account = try Account.sample("a\(number)@example.org")
            let hash = try ForeignHash(text)
            try store.write { transaction throws(AuthError) in
                try transaction.insert(account, password: nil)
                try transaction.updatePassword(of: account.id, to: .foreign(hash), ifStill: nil)
            }
            #expect(store.state.foreignDecoys.contains { $0.profile == hash.profile })
        }
        let profiles = Set(try Self.texts.map { try ForeignHash($0).profile })
        #expect(subject.becomeTrue { Set($0.foreignDecoys.map(\.profile)) == profiles })
    }
}
