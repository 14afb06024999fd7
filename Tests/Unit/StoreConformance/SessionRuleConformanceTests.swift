import Crypto
import TestSupport
import Testing

@testable import Auth

/// The rules for a session that begins, with every store.
struct SessionRuleConformanceTests {
    @Test(arguments: StoreKind.all)
    func `the session beyond the limit ends one that was never used`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let sessions = (0..<Session.maximumPerAccount).map {
            Session.sample(of: account, at: .start.adding(seconds: Int64($0)))
        }
        try store.write { transaction throws(AuthError) in
            for session in sessions { try transaction.insert(session, from: .commandLine) }
        }
        let now = Timestamp.start.adding(seconds: 200)
        for (index, session) in sessions.enumerated() where index != 2 {
            _ = try store.session(.id(session.id), now: now)
        }
        subject.clock.set(to: now)
        let new = Session.sample(of: account, at: now)
        try store.write { transaction throws(AuthError) in
            try transaction.begin(new, from: .commandLine, idleLimit: nil)
        }
        #expect(try store.session(.id(sessions[2].id), now: now) == nil)
        #expect(try store.session(.id(new.id), now: now) == new)
        #expect(try store.counts(now: now).sessions == Session.maximumPerAccount)
    }

    @Test(arguments: StoreKind.all)
    func `a new session replaces the one of the browser's cookie and no other account's`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let (old, theirs) = (Session.sample(of: account), Session.sample(of: other))
        for session in [old, theirs] { try store.add(session) }
        for replaced in [old, theirs] {
            try store.write { transaction throws(AuthError) in
                try transaction.begin(
                    Session.sample(of: account), from: .commandLine,
                    replacing: .tokenHash(replaced.tokenHash), idleLimit: nil)
            }
        }
        #expect(try store.session(.id(old.id), now: .start) == nil)
        #expect(try store.session(.id(theirs.id), now: .start) == theirs)
    }

    @Test(arguments: StoreKind.all)
    func `a login ends the idle sessions of its account`(kind: StoreKind) throws {
        let limit = IdleLimit(seconds: 60)
        let subject = try kind.open(limit)
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let (idle, used) = (Session.sample(of: account), Session.sample(of: account))
        for session in [idle, used] { try store.add(session) }
        _ = try store.session(.id(used.id), now: .start.adding(seconds: 50))
        subject.clock.set(to: .start.adding(seconds: 90))
        try store.write { transaction throws(AuthError) in
            try transaction.begin(
                Session.sample(of: account, at: transaction.now), from: .commandLine,
                idleLimit: limit)
        }
        let ended = try #require(try store.export(of: account.id)).sessions
            .filter { $0.endedAt != nil }
        #expect(ended.map(\.details.session.id) == [idle.id])
    }
}
