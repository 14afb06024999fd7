import Crypto
import TestSupport
import Testing

@testable import Auth

/// Counts that end at a limit.
struct BoundedCountConformanceTests {
    @Test(arguments: StoreKind.all)
    func `accounts are counted up to a limit`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        for (index, status) in [Account.Status.active, .active, .active, .pending].enumerated() {
            try store.add(.sample("p\(index)@x.org", role: .member, status: status))
        }
        let confirmed = try Account.sample("c@x.org")
        try store.add(confirmed)
        try store.write { transaction throws(AuthError) in
            try transaction.setEmail(confirmed.id, to: confirmed.email, verifiedAt: .start)
        }
        for (status, emailVerified, count) in [
            (nil, nil, 5), (.active, nil, 4), (.pending, nil, 1), (.disabled, nil, 0),
            (nil, false, 4), (nil, true, 1), (.active, false, 3),
        ] as [(Account.Status?, Bool?, Int)] {
            for limit in [0, 1, 3, 100] {
                #expect(
                    try store.accountCount(
                        status: status, emailVerified: emailVerified, upTo: limit)
                        == min(count, limit))
            }
        }
    }

    @Test(arguments: StoreKind.all)
    func `open invites and dead mails are counted up to a limit`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let used = InviteSample()
        for sample in [InviteSample(), InviteSample(isPaused: true), InviteSample(), used] {
            try store.add(sample)
        }
        try store.write { transaction throws(AuthError) in
            try transaction.countUse(ofInvite: used.invite.id)
        }
        #expect(try store.openInvites(at: .start, upTo: 100) == 3)
        #expect(try store.openInvites(at: .start, upTo: 2) == 2)
        #expect(try store.openInvites(at: .start.adding(seconds: 60), upTo: 100) == 0)
        #expect(try store.deadMails(upTo: 100) == 0)
    }

    @Test(arguments: StoreKind.all)
    func `keys and invites are found by id, whatever became of them`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let details = APIKeyDetails(
            key: APIKey(
                id: .random(), accountID: account.id, scopes: .standard, expiresAt: .start),
            name: "Backup", prefix: "luna_Sample1", createdAt: .start, lastUsedAt: nil)
        let sample = InviteSample(createdBy: account.id, expiresAt: .start)
        try store.add(sample)
        let seen = try store.write { transaction throws(AuthError) in
            try transaction.insert(details, hash: .random())
            _ = try transaction.revokeAPIKeys(of: account.id)
            return try transaction.apiKeyDetails(details.key.id)
        }
        #expect(seen == details)
        #expect(try store.apiKeyDetails(details.key.id) == details)
        #expect(try store.apiKeyDetails(.random()) == nil)
        #expect(try store.invite(sample.invite.id) == sample.invite)
        #expect(try store.invite(.random()) == nil)
        // An id is used once.
        #expect(throws: AuthError.self) {
            try store.write { transaction throws(AuthError) in
                try transaction.insert(details, hash: .random())
            }
        }
        #expect(throws: AuthError.self) {
            try store.write { transaction throws(AuthError) in
                try transaction.insert(sample.invite, codeHash: .random())
            }
        }
    }
}
