import Auth
import Crypto
import TestSupport
import Testing

/// Lists of an account's sessions and what can be done with them.
struct SessionListConformanceTests {
    private func client(_ userAgent: String?) -> ClientContext {
        ClientContext(network: .local, address: "192.0.2.1", userAgent: userAgent)
    }

    @Test(arguments: StoreKind.all)
    func `the live sessions of one account are listed, newest first, in pages`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        // Three of them begin in the same millisecond.
        let sessions = [0, 1, 1, 1, 2].map { second in
            Session.sample(of: account, at: .start.adding(seconds: second))
        }
        let expired = Session.sample(of: account, at: .start, lifetime: 5)
        let client = client("A/1")
        try store.write { transaction throws(AuthError) in
            for session in sessions + [expired, .sample(of: other)] {
                try transaction.insert(session, from: client)
            }
            try transaction.endSession(.id(sessions[4].id), of: nil)
        }
        var (seen, request): ([SessionDetails], PageRequest?) = ([], PageRequest(limit: 2))
        while let next = request {
            let page = try store.sessions(of: account.id, next, now: .start.adding(seconds: 5))
            #expect(page.items.count <= 2)
            seen += page.items
            request = page.next.map { PageRequest(limit: 2, after: $0) }
        }
        #expect(Set(seen.map(\.session.id)) == Set(sessions[..<4].map(\.id)))
        #expect(seen.count == 4 && seen.last?.session == sessions[0])
        for details in seen {
            #expect(details.address == "192.0.2.1" && details.userAgent == "A/1")
            #expect(details.lastSeenAt == details.session.createdAt)
        }
    }

    @Test(arguments: StoreKind.all)
    func `accounts were last seen when their latest session began, live or past`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try (0..<3).map { try Account.sample("p\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let latest = Session.sample(of: accounts[0], at: .start.adding(seconds: 9), lifetime: 1)
        for session in [latest, .sample(of: accounts[0]), .sample(of: accounts[1])] {
            try store.add(session)
        }
        _ = try store.write { transaction throws(AuthError) in
            try transaction.endSessions(of: accounts[0].id, except: nil)
        }
        let ids = accounts.map(\.id) + [.random()]
        #expect(
            try store.lastSeen(of: ids) == [
                accounts[0].id: .start.adding(seconds: 9), accounts[1].id: .start,
            ])
        #expect(try store.lastSeen(of: []).isEmpty)
    }

    @Test(arguments: StoreKind.all)
    func `ending sessions reports what it ended`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let sessions = (0..<4).map { _ in Session.sample(of: account) }
        let theirs = Session.sample(of: other)
        for session in sessions + [theirs] { try store.add(session) }
        let said = try store.write { transaction throws(AuthError) in
            [
                try transaction.endSession(.id(sessions[0].id), of: account.id),
                try transaction.endSession(.id(sessions[0].id), of: account.id),
                try transaction.endSession(.id(theirs.id), of: account.id),
                try transaction.endSession(.tokenHash(theirs.tokenHash), of: account.id),
                try transaction.endSession(.id(.random()), of: account.id),
                try transaction.endSession(.tokenHash(sessions[3].tokenHash), of: account.id),
                try transaction.endSession(.id(sessions[1].id), of: nil),
                try transaction.endSession(.tokenHash(sessions[1].tokenHash), of: nil),
            ]
        }
        #expect(said == [true, false, false, false, false, true, true, false])
        #expect(try store.session(.id(sessions[3].id), now: .start) == nil)
        let counts = try store.write { transaction throws(AuthError) in
            [
                try transaction.endSessions(of: account.id, except: sessions[2].id),
                try transaction.endSessions(of: account.id, except: sessions[2].id),
                try transaction.endSessions(of: account.id, except: nil),
            ]
        }
        #expect(counts == [0, 0, 1])
        #expect(try store.session(.id(theirs.id), now: .start) == theirs)
    }

    @Test(arguments: StoreKind.all)
    func `extending a live session takes effect under both keys on every thread`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, elsewhere) = (subject.store(), subject.store())
        let account = try Account.sample()
        let (session, ended) = (Session.sample(of: account), Session.sample(of: account))
        let expired = Session.sample(of: account, lifetime: 10)
        try store.add(account)
        for each in [session, ended, expired] {
            try store.add(each)
            _ = try elsewhere.session(.id(each.id), now: .start)
            _ = try elsewhere.session(.tokenHash(each.tokenHash), now: .start)
        }
        subject.clock.advance(seconds: 10)
        let later = session.expiresAt.adding(seconds: 100)
        let said = try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(ended.id), of: nil)
            return [
                try transaction.extendSession(session.id, until: later),
                try transaction.extendSession(session.id, until: session.expiresAt),
                try transaction.extendSession(ended.id, until: later),
                try transaction.extendSession(expired.id, until: later),
                try transaction.extendSession(.random(), until: later),
            ]
        }
        #expect(said == [true, true, false, false, false])
        let last = Timestamp(milliseconds: later.milliseconds - 1)
        for key in [Session.Key.id(session.id), .tokenHash(session.tokenHash)] {
            #expect(try elsewhere.session(key, now: last)?.expiresAt == later)
            #expect(try elsewhere.session(key, now: later) == nil)
        }
        for gone in [ended, expired] {
            #expect(try elsewhere.session(.id(gone.id), now: subject.clock.now) == nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `the user agents of all sessions of an account are listed once each`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let clients = ["A", "B", "A", nil, nil].map(client)
        let theirs = client("C")
        let known = try store.write { transaction throws(AuthError) in
            let before = try transaction.userAgents(of: account.id, limit: 1_000)
            for client in clients {
                let session = Session.sample(of: account)
                try transaction.insert(session, from: client)
                if client.userAgent == "A" {
                    try transaction.endSession(.id(session.id), of: nil)
                }
            }
            try transaction.insert(Session.sample(of: other), from: theirs)
            return (before, try transaction.userAgents(of: account.id, limit: 1_000))
        }
        #expect(known.0 == [])
        #expect(known.1.count == 3 && Set(known.1) == ["A", "B", nil])
    }

    @Test(arguments: StoreKind.databases)
    func `only the newest user agents of a large number of sessions are listed`(kind: StoreKind)
        throws
    {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let clients = (0..<800).map { client("\($0)") }
        // Ended in turn: the latest of those that ended count.
        for batch in 0..<8 {
            subject.clock.set(to: .start.adding(seconds: Int64(batch)))
            try store.write { transaction throws(AuthError) in
                for index in (100 * batch)..<(100 * batch + 100) {
                    let time = Timestamp.start.adding(seconds: Int64(index))
                    let session = Session.sample(of: account, at: time)
                    try transaction.insert(session, from: clients[index])
                    if index < 700 { try transaction.endSession(.id(session.id), of: nil) }
                }
            }
        }
        let known = try store.write { transaction throws(AuthError) in
            try transaction.userAgents(of: account.id, limit: 1_000)
        }
        // A hundred are live.
        #expect(Set(known) == Set((200..<800).map { "\($0)" }))
    }
}
