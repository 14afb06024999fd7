import Crypto
import TestSupport
import Testing

@testable import Auth

/// Sessions that several threads begin, extend and end at once.
struct SessionRaceTests {
    private func open(_ kind: StoreKind) throws -> (StoreUnderTest, Account) {
        let (subject, account) = (try kind.open(), try Account.sample())
        try subject.store().add(account)
        return (subject, account)
    }

    @Test(arguments: StoreKind.racing, 0..<3)
    func `a session that ends while it is refreshed stays ended`(
        kind: StoreKind, round: Int
    ) throws {
        let (subject, account) = try open(kind)
        let session = Session.sample(of: account)
        try subject.store().add(session)
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            guard index != 5 else {
                try transaction.endSession(.id(session.id), of: nil)
                return
            }
            let end = Timestamp.start.adding(seconds: 7_200 + Int64(index))
            guard try transaction.extendSession(session.id, until: end) else { throw .notFound }
        }
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .notFound } && outcomes[5] == nil)
        for key in [Session.Key.id(session.id), .tokenHash(session.tokenHash)] {
            #expect(try subject.store().session(key, now: .start) == nil)
        }
    }

    @Test(arguments: StoreKind.racing)
    func `of many refreshes at once the latest end stays`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let session = Session.sample(of: account)
        try subject.store().add(session)
        let ends = (0..<10).map { Timestamp.start.adding(seconds: 4_000 + Int64($0)) }
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            guard try transaction.extendSession(session.id, until: ends[index]) else {
                throw .notFound
            }
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        let seen = try subject.store().session(.id(session.id), now: .start)
        #expect(seen?.expiresAt == ends[9])
    }

    @Test(arguments: StoreKind.racing)
    func `of ten threads that end a session one finds it live`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let session = Session.sample(of: account)
        try subject.store().add(session)
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            guard try transaction.endSession(.id(session.id), of: account.id) else {
                throw .notFound
            }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .notFound } == 9)
    }

    @Test(arguments: StoreKind.racing)
    func `sessions that ten threads begin at once do not exceed the limit`(
        kind: StoreKind
    ) throws {
        let (subject, account) = try open(kind)
        try subject.store().write { transaction throws(AuthError) in
            for _ in 1..<Session.maximumPerAccount {
                try transaction.insert(Session.sample(of: account), from: .commandLine)
            }
        }
        let sessions = (0..<10).map { _ in Session.sample(of: account) }
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            try transaction.begin(sessions[index], from: .commandLine, idleLimit: nil)
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        #expect(
            try subject.store().counts(now: .start).sessions == Session.maximumPerAccount)
    }

    /// A sign-in reads that the account is active and begins a session; disabling ends the sessions it sees.
    @Test(arguments: StoreKind.racing, 0..<5)
    func `no session that begins while its account is disabled stays`(
        kind: StoreKind, round: Int
    ) throws {
        let (subject, account) = try open(kind)
        let sessions = (0..<4).map { _ in Session.sample(of: account) }
        let outcomes = try subject.race(5) { index, transaction throws(AuthError) in
            guard var present = try transaction.credential(account.id)?.account else {
                throw .notFound
            }
            guard index < 4 else {
                present.status = .disabled
                return try transaction.change(present)
            }
            guard present.status == .active else { throw .accountDisabled }
            try transaction.insert(sessions[index], from: .commandLine)
        }
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .accountDisabled } && outcomes[4] == nil)
        #expect(try subject.store().counts(now: .start).sessions == 0)
        for session in sessions {
            #expect(try subject.store().session(.id(session.id), now: .start) == nil)
        }
    }
}
