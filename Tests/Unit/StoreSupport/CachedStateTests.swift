import Auth
import Crypto
import Synchronization
import System
import Testing

@testable import StoreSupport

struct CachedStateTests {
    private let session = Session(
        id: .random(), tokenHash: SHA256.digest(Random.bytes(32)), accountID: .random(),
        createdAt: .start, expiresAt: .start.adding(seconds: 3_600), methods: .password,
        authenticatedAt: .start)

    private var details: SessionDetails {
        SessionDetails(session: session, address: nil, userAgent: nil, lastSeenAt: .start)
    }

    private func cached(idle: Int = 0, bytes: Int = 1 << 20) -> CachedState {
        CachedState(
            InstanceState(settings: Settings(), hasOwner: false, setup: nil),
            cacheBytes: bytes, idleLimit: IdleLimit(seconds: idle),
            observers: .none)
    }

    @Test(arguments: [(1 << 20, 1), (0, 3)])
    func `a session is fetched once where sessions are cached`(
        bytes: Int, fetches: Int
    ) throws {
        let cached = cached(bytes: bytes)
        var count = 0
        for _ in 0..<3 {
            let found = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in
                count += 1
                return details
            }
            #expect(found == session)
        }
        #expect(count == fetches)
    }

    @Test func `what is in memory answers only while it is known to be up to date`() throws {
        let time = Mutex(UInt64(1))
        let freshness = Freshness(staleSeconds: 0) { time.withLock { $0 } }
        let cached = CachedState(
            InstanceState(settings: Settings(), hasOwner: false, setup: nil), cacheBytes: 1 << 20,
            idleLimit: nil, observers: .none, freshness: freshness)
        var count = 0
        func find() throws {
            _ = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in
                count += 1
                return details
            }
        }
        try find()
        try find()
        #expect(count == 2, "it was never confirmed")
        freshness.confirm(at: 1)
        try find()
        #expect(count == 2)
        time.withLock { $0 += Freshness.bound }
        try find()
        #expect(count == 3)
    }

    @Test func `what ends while it is fetched is not cached, though memory may not answer yet`()
        throws
    {
        let freshness = Freshness(staleSeconds: 0)
        let cached = CachedState(
            InstanceState(settings: Settings(), hasOwner: false, setup: nil), cacheBytes: 1 << 20,
            idleLimit: nil, observers: .none, freshness: freshness)
        _ = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in
            cached.invalidateAll()
            freshness.confirm(at: MonotonicClock.now())
            return details
        }
        let found = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in nil }
        #expect(found == nil)
    }

    @Test func `a session that ends while it is fetched is not cached`() throws {
        let cached = cached()
        _ = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in
            var changes = Changes()
            changes.sessions = [.id(session.id), .tokenHash(session.tokenHash)]
            cached.apply(changes)
            return details
        }
        let found = try cached.session(.id(session.id), now: .start) { () throws(AuthError) in nil }
        #expect(found == nil)
    }

    @Test func `an expired session is not found, whether or not it is cached`() throws {
        let cached = cached()
        for time in [session.expiresAt, .start, session.expiresAt] {
            let found = try cached.session(.id(session.id), now: time) { () throws(AuthError) in
                details
            }
            #expect((found != nil) == (time == .start))
        }
    }

    @Test func `a session unused for longer than the limit is not found, and use prolongs it`()
        throws
    {
        let cached = cached(idle: 600)
        func isFound(after seconds: Int64) throws -> Bool {
            try cached.session(.id(session.id), now: .start.adding(seconds: seconds)) {
                () throws(AuthError) in details
            } != nil
        }
        #expect(try isFound(after: 500))
        #expect(try isFound(after: 1_000))
        #expect(try !isFound(after: 1_700))
    }

    @Test func `a fault while fetching is passed on and nothing is cached`() throws {
        let cached = cached()
        #expect(throws: AuthError.self) {
            try cached.account(session.accountID) { () throws(AuthError) in throw .notInMemory }
        }
        #expect(try cached.account(session.accountID) { () throws(AuthError) in nil } == nil)
    }
}
