import Crypto
import TestSupport
import Testing

@testable import Auth

struct ChallengeConformanceTests {
    @Test(arguments: StoreKind.all)
    func `a challenge is found by hash and purpose until it expires`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let full = Challenge(
            hash: .random(), purpose: .totp, accountID: account.id, sessionID: .random(),
            browser: .random(), data: [1, 2, 3], failures: 2, createdAt: .start,
            expiresAt: .start.adding(seconds: 10))
        let bare = Challenge.sample(.passkeySignIn, of: nil, lifetime: 10)
        try store.add([full, bare])
        let last = Timestamp(milliseconds: full.expiresAt.milliseconds - 1)
        for each in [full, bare] {
            #expect(try other.challenge(each.hash, for: each.purpose, at: last) == each)
            #expect(try other.challenge(each.hash, for: each.purpose, at: each.expiresAt) == nil)
            for purpose in Challenge.Purpose.allCases where purpose != each.purpose {
                #expect(try other.challenge(each.hash, for: purpose, at: last) == nil)
            }
        }
        #expect(try other.challenge(.random(), for: .totp, at: .start) == nil)
        subject.clock.set(to: full.expiresAt)
        let seen = try store.write { transaction throws(AuthError) in
            [
                try transaction.challenge(full.hash, for: .totp),
                try transaction.challenge(full.hash, for: .secondFactor),
                try transaction.challenge(of: account.id, for: .totp),
                try transaction.challenge(of: account.id, for: .secondFactor),
            ]
        }
        #expect(seen == [full, nil, full, nil])
    }

    @Test(arguments: StoreKind.all)
    func `failures are counted, and of the newest challenge one is told`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let times = [2, 0, 2, 1].map { Timestamp.start.adding(seconds: $0) }
        let challenges = times.map { Challenge.sample(.totp, of: account, at: $0) }
        try store.add(challenges)
        let seen = try store.write { transaction throws(AuthError) in
            try transaction.updateChallenge(challenges[2].hash, failures: 4)
            try transaction.updateChallenge(.random(), failures: 3)
            return try transaction.challenge(of: account.id, for: .totp)
        }
        // Of one time, the one that was added last.
        #expect(seen?.hash == challenges[2].hash && seen?.failures == 4)
        let untouched = try store.challenge(challenges[0].hash, for: .totp, at: .start)
        #expect(untouched?.failures == 0)
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that act on a challenge only one wins`(kind: StoreKind) throws {
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let challenge = Challenge.sample(of: account)
        try subject.store().add([challenge])
        let sessions = (0..<10).map { _ in Session.sample(of: account) }
        let outcomes = try inParallel(10) { index in
            failure { () throws(AuthError) in
                try subject.store().write { transaction throws(AuthError) in
                    // The session first: it has to be rolled back with a challenge that is gone.
                    try transaction.insert(sessions[index], from: .commandLine)
                    guard try transaction.deleteChallenge(challenge.hash) else { throw .notFound }
                }
            }
        }
        #expect(outcomes.count { $0 == .notFound } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        for (index, session) in sessions.enumerated() {
            let found = try subject.store().session(.id(session.id), now: .start)
            #expect((found != nil) == (index == winner))
        }
    }

    @Test(arguments: StoreKind.all)
    func `a hash is one challenge`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let challenge = Challenge.sample(.passkeySignIn, of: nil)
        try store.add([challenge])
        let error = failure { () throws(AuthError) in try store.add([challenge]) }
        #expect(error?.fault != nil)
        let stranger = Challenge.sample(of: try .sample())
        #expect(failure { () throws(AuthError) in try store.add([stranger]) }?.fault != nil)
    }

    @Test(arguments: StoreKind.all, [0, 2, 5])
    func `only the oldest challenges of an account and purpose are deleted`(
        kind: StoreKind, kept: Int
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let times = [3, 1, 1, 2].map { Timestamp.start.adding(seconds: $0) }
        let own = times.map { Challenge.sample(.secondFactor, of: accounts[0], at: $0) }
        let others = [
            Challenge.sample(.totp, of: accounts[0]), .sample(.secondFactor, of: accounts[1]),
            .sample(.passkeySignIn, of: nil),
        ]
        try store.add(own + others)
        try store.write { transaction throws(AuthError) in
            try transaction.deleteChallenges(
                of: accounts[0].id, for: .secondFactor, keeping: kept)
        }
        func left(_ challenges: [Challenge]) throws -> [Challenge] {
            try challenges.filter {
                try store.challenge($0.hash, for: $0.purpose, at: .start) != nil
            }
        }
        let newestFirst = [own[0], own[3], own[2], own[1]]
        #expect(try left(newestFirst) == Array(newestFirst.prefix(kept)))
        #expect(try left(others) == others)
        try store.write { transaction throws(AuthError) in
            try transaction.deleteChallenges(of: accounts[0].id)
        }
        #expect(try left(own + others) == Array(others.dropFirst()))
        try store.write { transaction throws(AuthError) in
            try transaction.deleteAllChallenges()
        }
        #expect(try left(own + others) == [])
    }
}
