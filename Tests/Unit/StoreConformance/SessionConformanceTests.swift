import Crypto
import TestSupport
import Testing

@testable import Auth

struct SessionConformanceTests {
    @Test(arguments: StoreKind.all)
    func `a session is found by both keys, from the database and from the cache`(kind: StoreKind)
        throws
    {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        for _ in 0..<2 {
            #expect(try store.session(.id(session.id), now: .start) == session)
            #expect(try store.session(.tokenHash(session.tokenHash), now: .start) == session)
        }
        #expect(try store.session(.id(.random()), now: .start) == nil)
        #expect(try store.session(.tokenHash(.random()), now: .start) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `a session records the methods and time of its last authentication`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let session = Session(
            id: .random(), tokenHash: .random(), accountID: account.id, createdAt: .start,
            expiresAt: .start.adding(seconds: 60), methods: [],
            authenticatedAt: .start.adding(seconds: -30))
        let bystander = Session.sample(of: account)
        try store.add(session)
        try store.add(bystander)
        #expect(try other.session(.id(session.id), now: .start) == session)
        let time = Timestamp.start.adding(seconds: 1)
        subject.clock.set(to: time)
        try store.write { transaction throws(AuthError) in
            _ = try transaction.noteAuthentication(in: session.id, by: .password)
        }
        let noted = try #require(try other.session(.tokenHash(session.tokenHash), now: .start))
        #expect(noted.methods == .password && noted.authenticatedAt == time)
        #expect(noted.expiresAt == session.expiresAt && noted.createdAt == session.createdAt)
        #expect(try other.session(.id(bystander.id), now: .start) == bystander)
        // A recorded method stays; the change affects one session and none that has ended.
        subject.clock.set(to: .start)
        try store.write { transaction throws(AuthError) in
            try transaction.noteAuthentication(in: session.id, by: [])
            try transaction.endSession(.id(bystander.id), of: nil)
            try transaction.noteAuthentication(in: bystander.id, by: .password)
            try transaction.noteAuthentication(in: .random(), by: .password)
            #expect(try transaction.session(bystander.id) == nil)
            #expect(try transaction.session(session.id)?.methods == .password)
        }
        let last = try #require(try other.session(.id(session.id), now: .start))
        #expect(last.methods == .password && last.authenticatedAt == .start)
        #expect(try other.session(.id(bystander.id), now: .start) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `a session records when a second factor was last proven, also in the cache`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let session = Session(
            id: .random(), tokenHash: .random(), accountID: account.id, createdAt: .start,
            expiresAt: .start.adding(seconds: 60), methods: [.password, .oneTimeCode],
            authenticatedAt: .start, factorAt: .start)
        try store.add(session)
        #expect(try other.session(.id(session.id), now: .start) == session)
        let listed = try other.sessions(of: account.id, PageRequest(), now: .start)
        #expect(listed.items.map(\.session) == [session])
        let time = Timestamp.start.adding(seconds: 1)
        subject.clock.set(to: time)
        for factorAt in [time, nil] {
            let methods: AuthenticationMethods = [.password, .softwareKey, .userVerified]
            let inside = try store.write { transaction throws(AuthError) in
                try transaction.updateSession(
                    session.id, methods: methods, authenticatedAt: time, factorAt: factorAt)
                #expect(try transaction.extendSession(session.id, until: time))
                return try transaction.session(session.id)
            }
            for key in [Session.Key.id(session.id), .tokenHash(session.tokenHash)] {
                let seen = try #require(try other.session(key, now: time))
                #expect(seen == inside && seen.methods == methods)
                #expect(seen.factorAt == factorAt && seen.authenticatedAt == time)
            }
        }
    }

    @Test(arguments: StoreKind.all)
    func `a session expires to the millisecond, also in the cache`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let session = Session.sample(of: account, lifetime: 10)
        try store.add(account)
        try store.add(session)
        let last = Timestamp(milliseconds: session.expiresAt.milliseconds - 1)
        for _ in 0..<2 {
            #expect(try store.session(.id(session.id), now: last) == session)
            #expect(try store.session(.id(session.id), now: session.expiresAt) == nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `ending all sessions takes effect on every thread`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let accounts = [try Account.sample(), try Account.sample("else@example.org")]
        let expired = Session.sample(of: accounts[0], lifetime: -1)
        let sessions = accounts.map { Session.sample(of: $0) }
        for account in accounts { try store.add(account) }
        for session in sessions + [expired] { try store.add(session) }
        for session in sessions {
            #expect(try other.session(.id(session.id), now: .start) == session)
        }
        let ended = try store.write { transaction throws(AuthError) in
            let first = try transaction.endSessions(after: nil, limit: 2)
            let second = try transaction.endSessions(after: first.last, limit: 2)
            let third = try transaction.endSessions(after: second.last, limit: 2)
            return (live: first.live + second.live + third.live, last: third.last)
        }
        #expect(ended.live == 2 && ended.last == nil)
        for session in sessions + [expired] {
            #expect(try other.session(.id(session.id), now: .start) == nil)
            #expect(try other.session(.tokenHash(session.tokenHash), now: .start) == nil)
        }
        #expect(
            try store.write { transaction throws(AuthError) in
                try transaction.endSessions(after: nil, limit: 10).live
            } == 0)
    }

    @Test(arguments: StoreKind.all, [true, false])
    func `an ended session is gone under both keys on every thread`(
        kind: StoreKind, byID: Bool
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        let (session, kept) = (Session.sample(of: account), Session.sample(of: account))
        try store.add(account)
        for each in [session, kept] {
            try store.add(each)
            #expect(try other.session(.id(each.id), now: .start) == each)
            #expect(try other.session(.tokenHash(each.tokenHash), now: .start) == each)
        }
        _ = try store.write { transaction throws(AuthError) in
            try transaction.endSession(
                byID ? .id(session.id) : .tokenHash(session.tokenHash), of: nil)
        }
        #expect(try other.session(.id(session.id), now: .start) == nil)
        #expect(try other.session(.tokenHash(session.tokenHash), now: .start) == nil)
        #expect(try other.session(.id(kept.id), now: .start) == kept)
    }

    @Test(arguments: StoreKind.all, [true, false])
    func `a session that is ended after its expiry is over at any time`(
        kind: StoreKind, all: Bool
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let expired = Session.sample(of: account, lifetime: 10)
        let live = Session.sample(of: account, lifetime: 1_000)
        try store.add(account)
        for session in [expired, live] { try store.add(session) }
        subject.clock.advance(seconds: 10)
        let (wasLive, count) = try store.write { transaction throws(AuthError) in
            guard all else { return (try transaction.endSession(.id(expired.id), of: nil), 0) }
            return (false, try transaction.endSessions(of: account.id, except: nil))
        }
        #expect(!wasLive && count == (all ? 1 : 0))
        #expect(try store.session(.id(expired.id), now: .start) == nil)
        #expect(try store.session(.id(live.id), now: .start) == (all ? nil : live))
    }

    enum Ending: CaseIterable { case disabling, password }

    @Test(arguments: StoreKind.all, Ending.allCases)
    func `disabling an account or setting its password ends all its sessions and no others`(
        kind: StoreKind, ending: Ending
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        var account = try Account.sample()
        let bystander = try Account.sample("else@example.org")
        try store.add(account)
        try store.add(bystander)
        let sessions = (0..<3).map { _ in Session.sample(of: account) }
        let kept = Session.sample(of: bystander)
        for session in sessions + [kept] {
            try store.add(session)
            #expect(try store.session(.id(session.id), now: .start) == session)
        }
        let hash = try PasswordHash.sample()
        account.status = ending == .disabling ? .disabled : .active
        try store.write { [account] transaction throws(AuthError) in
            switch ending {
            case .disabling: try transaction.change(account)
            case .password: try transaction.setPassword(account.id, to: hash, keeping: nil)
            }
        }
        for session in sessions {
            #expect(try store.session(.id(session.id), now: .start) == nil)
            #expect(try store.session(.tokenHash(session.tokenHash), now: .start) == nil)
        }
        #expect(try store.session(.id(kept.id), now: .start) == kept)
        if ending == .password {
            #expect(try store.credential(account.email)?.passwordHash == hash)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an update that does not disable the account ends no session`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        var account = try Account.sample()
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        account.name = "Grace"
        try store.update(account)
        #expect(try store.session(.id(session.id), now: .start) == session)
    }

    @Test(arguments: StoreKind.all)
    func `the live sessions of an account are listed with their last use`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        // Twenty seconds before the end of the minute.
        let begun = Timestamp.start.adding(seconds: 20)
        let sessions = (0..<4).map { _ in Session.sample(of: account, at: begun) }
        let expired = Session.sample(of: account, lifetime: 30)
        for session in sessions + [expired, .sample(of: other)] { try store.add(session) }
        let time = begun.adding(seconds: 60)
        // In the minute it began, in the next by both keys, and never.
        _ = try store.session(.id(sessions[0].id), now: begun.adding(seconds: 1))
        _ = try store.session(.id(sessions[1].id), now: begun.adding(seconds: 1))
        _ = try store.session(.tokenHash(sessions[1].tokenHash), now: time)
        subject.clock.set(to: time)
        let uses = try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(sessions[3].id), of: nil)
            return try transaction.sessionUses(of: account.id)
        }
        let minute = Timestamp.start.adding(seconds: 40)
        #expect(uses.count == 3)
        for (session, use) in zip(sessions, [begun, minute, nil]) {
            #expect(
                uses.contains(SessionUse(id: session.id, createdAt: begun, lastUsedAt: use)))
        }
    }

    @Test(arguments: StoreKind.all)
    func `an idle session is over, under both keys on every thread`(
        kind: StoreKind
    ) throws {
        // Uses are recorded to the second.
        let subject = try kind.open(IdleLimit(seconds: 20))
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        let (used, unused) = (Session.sample(of: account), Session.sample(of: account))
        try store.add(account)
        for session in [used, unused] { try store.add(session) }
        func find(_ session: Session, byID: Bool, after seconds: Int64) throws -> Session? {
            try [store, other][Int(seconds) % 2].session(
                byID ? .id(session.id) : .tokenHash(session.tokenHash),
                now: .start.adding(seconds: seconds))
        }
        // Each key alone is used less often than the limit requires, the two together are not.
        for step in 1...10 as ClosedRange<Int64> {
            #expect(try find(used, byID: step % 2 == 0, after: 15 * step) == used)
        }
        #expect(try find(unused, byID: true, after: 21) == nil)
        #expect(try find(unused, byID: false, after: 21) == nil)
        #expect(try find(used, byID: true, after: 170) == used)
        for byID in [true, false] { #expect(try find(used, byID: byID, after: 191) == nil) }
        // A failed lookup does not count as use.
        #expect(try find(used, byID: true, after: 192) == nil)
        let session = Session.sample(of: account, at: .start.adding(seconds: 200))
        try store.add(session)
        #expect(try find(session, byID: true, after: 219) == session)
        #expect(try find(session, byID: true, after: 238) == session)
    }

    @Test(arguments: StoreKind.all)
    func `a session without an account is an error and is not stored`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let session = Session.sample(of: try .sample())
        let error = #expect(throws: AuthError.self) { try store.add(session) }
        #expect(error?.fault != nil)
        #expect(try store.session(.id(session.id), now: .start) == nil)
    }
}
