import Crypto
import TestSupport
import Testing

@testable import Auth

/// Limits on the number of rows that are over.
struct PastRowsConformanceTests {
    private func time(_ seconds: Int) -> Timestamp { .start.adding(seconds: Int64(seconds)) }

    @Test(arguments: StoreKind.all)
    func `the newest past sessions of an account stay, and all live ones`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let ended = (0..<6).map { Session.sample(of: account, at: time($0), lifetime: 1_000) }
        let expired = (0..<6).map { Session.sample(of: account, at: time($0), lifetime: 10) }
        let live = (0..<6).map { Session.sample(of: account, at: time($0), lifetime: 1_000) }
        let theirs = (0..<6).map { Session.sample(of: other, at: time($0), lifetime: 1_000) }
        try store.write { transaction throws(AuthError) in
            for session in ended + expired + live + theirs {
                try transaction.insert(session, from: .commandLine)
            }
        }
        // The sessions that began first end last.
        for (index, session) in (ended.reversed() + theirs).enumerated() {
            subject.clock.set(to: time(20 + index))
            _ = try store.write { transaction throws(AuthError) in
                try transaction.endSession(.id(session.id), of: nil)
            }
        }
        subject.clock.set(to: time(100))
        try store.write { transaction throws(AuthError) in
            try transaction.deletePastSessions(of: account.id, keeping: 2)
        }
        let kept = try #require(try store.export(of: account.id)).sessions.map(\.details.session.id)
        let latest = ended[..<2] + expired[4...] + live
        #expect(Set(kept) == Set(latest.map(\.id)) && kept.count == latest.count)
        #expect(try store.export(of: other.id)?.sessions.count == 6)
        for session in live {
            #expect(try store.session(.id(session.id), now: time(100)) == session)
        }
    }

    @Test(arguments: StoreKind.all)
    func `the newest past keys of an account stay, and all live ones`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let revoked = (0..<6).map { APIKeySample(of: account, at: time($0)) }
        let expired = (0..<6).map { APIKeySample(of: account, at: time($0), lifetime: 10) }
        let live = (0..<6).map { APIKeySample(of: account, at: time($0)) }
        let theirs = (0..<6).map { APIKeySample(of: other, at: time($0)) }
        for sample in revoked + expired + live + theirs { try store.add(sample) }
        for (index, sample) in (revoked + theirs).enumerated() {
            subject.clock.set(to: time(20 + index))
            _ = try store.revoke(sample.key.id, of: nil)
        }
        subject.clock.set(to: time(100))
        try store.write { transaction throws(AuthError) in
            try transaction.deletePastAPIKeys(of: account.id, keeping: 2)
        }
        let kept = try #require(try store.export(of: account.id)).apiKeys.map(\.details.key.id)
        let latest = revoked[4...] + expired[4...] + live
        #expect(Set(kept) == Set(latest.map(\.key.id)) && kept.count == latest.count)
        #expect(try store.export(of: other.id)?.apiKeys.count == 6)
        for sample in live { #expect(try store.apiKey(sample.hash, now: time(100)) == sample.key) }
    }

    @Test(arguments: StoreKind.all, [true, false])
    func `the newest past invites of a creator stay, and all open ones`(
        kind: StoreKind, byAccount: Bool
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let makers = byAccount ? [account.id, nil] : [nil, account.id]
        func samples(_ maker: UUID?, lifetime: Int) -> [InviteSample] {
            (0..<6).map {
                InviteSample(
                    maximumUses: 1, createdBy: maker, createdAt: time($0),
                    expiresAt: time($0 + lifetime))
            }
        }
        let expired = samples(makers[0], lifetime: 10)
        let used = samples(makers[0], lifetime: 1_000)
        let open = samples(makers[0], lifetime: 1_000)
        let theirs = samples(makers[1], lifetime: 10)
        for sample in expired + used + open + theirs { try store.add(sample) }
        try store.write { transaction throws(AuthError) in
            for sample in used {
                _ = try transaction.redeemInvite(codeHash: sample.codeHash, email: account.email)
            }
        }
        subject.clock.set(to: time(100))
        try store.write { transaction throws(AuthError) in
            try transaction.deletePastInvites(of: makers[0], keeping: 4)
        }
        let kept = try store.invites(PageRequest(limit: 100)).items
        let latest = [expired[4...], used[4...], open[...], theirs[...]].flatMap(\.self)
        #expect(Set(kept.map(\.id)) == Set(latest.map(\.invite.id)) && kept.count == 16)
    }

    @Test(arguments: StoreKind.databases)
    func `a large number of past rows is removed in batches`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        try store.write { transaction throws(AuthError) in
            for _ in 0..<800 {
                let session = Session.sample(of: account)
                try transaction.insert(session, from: .commandLine)
                try transaction.endSession(.id(session.id), of: nil)
            }
        }
        for count in [300, 10, 10] {
            try store.write { transaction throws(AuthError) in
                try transaction.deletePastSessions(of: account.id, keeping: 10)
            }
            #expect(try store.export(of: account.id)?.sessions.count == count)
        }
    }
}
