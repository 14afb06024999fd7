import Crypto
import TestSupport
import Testing

@testable import Auth

/// Sessions and API keys that are over are found, to tell why they were refused.
struct PastCredentialConformanceTests {
    private func time(_ seconds: Int64) -> Timestamp { .start.adding(seconds: seconds) }

    @Test(arguments: StoreKind.all)
    func `a session is found by both keys while it lasts, when it ended and when it expired`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let (live, ended) = (Session.sample(of: account), Session.sample(of: account))
        let expired = Session.sample(of: account, lifetime: 10)
        for session in [live, ended, expired] { try store.add(session) }
        func check(_ session: Session, endedAt: Timestamp?) throws {
            let past = PastCredential(
                id: session.id, accountID: account.id, expiresAt: session.expiresAt,
                endedAt: endedAt)
            for key in [Session.Key.id(session.id), .tokenHash(session.tokenHash)] {
                #expect(try store.pastSession(key) == past)
                #expect(try other.pastSession(key) == past)
            }
        }
        for session in [live, ended, expired] { try check(session, endedAt: nil) }
        subject.clock.set(to: time(20))
        _ = try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(ended.id), of: nil)
        }
        #expect(try other.session(.id(ended.id), now: time(20)) == nil)
        try check(ended, endedAt: time(20))
        try check(live, endedAt: nil)
        try check(expired, endedAt: nil)
        #expect(try store.pastSession(.id(.random())) == nil)
        #expect(try store.pastSession(.tokenHash(.random())) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `a key is found while it is good, when it was revoked and when it expired`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let (live, revoked) = (APIKeySample(of: account), APIKeySample(of: account))
        let expired = APIKeySample(of: account, lifetime: 10)
        for sample in [live, revoked, expired] { try store.add(sample) }
        subject.clock.set(to: time(20))
        #expect(try store.revoke(revoked.key.id, of: nil))
        for (sample, end) in [(live, nil), (revoked, time(20)), (expired, nil)] {
            let past = PastCredential(
                id: sample.key.id, accountID: account.id, expiresAt: sample.key.expiresAt,
                endedAt: end)
            #expect(try store.pastAPIKey(sample.hash) == past)
            #expect(try other.pastAPIKey(sample.hash) == past)
        }
        #expect(try other.apiKey(revoked.hash, now: time(20)) == nil)
        #expect(try store.pastAPIKey(.random()) == nil)
    }

    @Test(arguments: StoreKind.all)
    func `nothing is found of what is no longer kept`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        for account in [account, other] { try store.add(account) }
        let (session, key) = (Session.sample(of: account), APIKeySample(of: account))
        let (ended, revoked) = (Session.sample(of: other), APIKeySample(of: other))
        for session in [session, ended] { try store.add(session) }
        for key in [key, revoked] { try store.add(key) }
        #expect(try store.revoke(revoked.key.id, of: nil))
        try store.write { transaction throws(AuthError) in
            _ = try transaction.endSession(.id(ended.id), of: nil)
            try transaction.deletePastSessions(of: other.id, keeping: 0)
            try transaction.deletePastAPIKeys(of: other.id, keeping: 0)
            try transaction.eraseAccount(account.id)
        }
        for session in [session, ended] {
            #expect(try store.pastSession(.id(session.id)) == nil)
            #expect(try store.pastSession(.tokenHash(session.tokenHash)) == nil)
        }
        for key in [key, revoked] { #expect(try store.pastAPIKey(key.hash) == nil) }
    }
}
