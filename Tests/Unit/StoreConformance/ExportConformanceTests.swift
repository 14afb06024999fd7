import Auth
import Crypto
import TestSupport
import Testing

struct ExportConformanceTests {
    private func export(_ account: Account, from store: any Store) throws -> AccountExport {
        try #require(try store.export(of: account.id))
    }

    private func key(of account: Account) -> APIKeyDetails {
        APIKeyDetails(
            key: APIKey(
                id: .random(), accountID: account.id, scopes: [.read],
                expiresAt: .start.adding(seconds: 9)),
            name: "a key", prefix: "luna_abc", createdAt: .start, lastUsedAt: nil)
    }

    private func mail(of account: Account) -> Mail {
        Mail(
            id: .random(), kind: .verify, recipient: account.email, accountID: account.id,
            content: [1, 2, 3], createdAt: .start)
    }

    @Test(arguments: StoreKind.all)
    func `an export contains everything of one account and nothing of another`(kind: StoreKind)
        throws
    {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        let client = ClientContext(
            network: .local, address: "192.0.2.1", userAgent: "Sample/1.0")
        let old = Session.sample(of: account)
        let new = Session.sample(of: account, at: .start.adding(seconds: 1))
        let keys = [account, other].map(key)
        let mails = [account, other].map(mail)
        let invites = [account, other].map { account in
            Invite(
                id: .random(), email: nil, role: .member, tier: .free, maximumUses: 1,
                createdBy: account.id, createdAt: .start, expiresAt: .start)
        }
        let links = [account, other].map { account in
            LinkToken(
                hash: .random(), purpose: .verifyEmail, accountID: account.id, email: nil,
                createdAt: .start, expiresAt: .start)
        }
        let factors = [Credential.Kind.totp, .recovery, .passkey].map {
            Credential.sample($0, of: account)
        }
        let ended = TrustedBrowser.sample(of: account, lifetime: 0)
        let trusted = TrustedBrowser.sample(of: account, at: .start.adding(seconds: 1))
        for each in [account, other] { try store.add(each) }
        try store.add(factors + [.sample(.totp, of: other), .sample(.passkey, of: other)])
        try store.add([ended, trusted, .sample(of: other)])
        try store.write { transaction throws(AuthError) in
            for session in [old, new, .sample(of: other)] {
                try transaction.insert(session, from: client)
            }
            try transaction.endSession(.id(old.id), of: nil)
            for key in keys { try transaction.insert(key, hash: .random()) }
            _ = try transaction.revokeAPIKey(keys[0].key.id, of: account.id)
            for invite in invites { try transaction.insert(invite, codeHash: .random()) }
            for link in links { try transaction.insert(link) }
            for mail in mails { try transaction.enqueue(mail) }
        }
        let export = try export(account, from: store)
        #expect(export.account == account && !export.isTruncated)
        #expect(export.sessions.map(\.details.session) == [new, old])
        #expect(export.sessions.map(\.endedAt) == [nil, .start])
        #expect(export.sessions.allSatisfy { $0.details.address == "192.0.2.1" })
        #expect(export.sessions.allSatisfy { $0.details.userAgent == "Sample/1.0" })
        #expect(export.apiKeys.map(\.details) == [keys[0]])
        #expect(export.apiKeys.map(\.revokedAt) == [.start])
        #expect(
            export.factors == factors.sorted { $0.id.description < $1.id.description })
        #expect(export.trustedBrowsers == [trusted, ended])
        #expect(export.invites == [invites[0]])
        #expect(export.links == [links[0]])
        #expect(export.mails == [mails[0]])
    }

    @Test(arguments: StoreKind.all)
    func `an unknown account has no export`(kind: StoreKind) throws {
        let subject = try kind.open()
        #expect(try subject.store().export(of: .random()) == nil)
    }

    @Test(arguments: StoreKind.all, [0, 1])
    func `an export is truncated to the newest entries and says so`(
        kind: StoreKind, surplus: Int
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let sessions = (0..<(AccountExport.limit + surplus)).map { index in
            Session.sample(of: account, at: .start.adding(seconds: Int64(index)))
        }
        try store.write { transaction throws(AuthError) in
            for session in sessions { try transaction.insert(session, from: .commandLine) }
        }
        let export = try export(account, from: store)
        #expect(export.isTruncated == (surplus > 0))
        #expect(
            export.sessions.map(\.details.session)
                == sessions.reversed().prefix(AccountExport.limit).map(\.self))
    }
}
