import Crypto
import System
import TestSupport
import Testing

@testable import Auth
@testable import PostgreSQLStore

/// Limits that the daemons of one database count together.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct SharedUsesTests {
    private let shared: SharedDatabase
    private let key = Secret.random()

    init() throws {
        shared = try SharedDatabase()
    }

    private func throttle() -> Throttle {
        Throttle(isEnabled: true, sharingKey: key) { MonotonicClock.now() }
    }

    private let second: UInt64 = 1_000_000_000

    /// How long it takes until a network has all its signups again, in nanoseconds.
    private func taken(at throttle: Throttle, by network: Throttle.Network) -> UInt64 {
        throttle.buckets(of: .signup).buckets(of: .single)?
            .level(of: network, now: MonotonicClock.now()).untilFull ?? 0
    }

    @Test func `what is stored is read back, and is nothing that is stale`() {
        let uses = SharedUses(daemon: .random(), sealed: [1, 2, 3])
        #expect(SharedUses(octets: uses.octets) == uses)
        #expect(SharedUses(octets: StaleMemory(.state).octets) == nil)
        #expect(SharedUses(octets: Array(uses.octets.prefix(16))) == nil)
    }

    @Test func `signups at one daemon are missing at another`() throws {
        let throttles = [throttle(), throttle()]
        let daemons = try throttles.map { throttle in
            try shared.daemon { $0.limits = throttle }
        }
        // A daemon that has begun to follow the others learns what they tell from then on.
        #expect(becomesTrue { daemons.allSatisfy { $0.invalidation.restarts == 1 } })
        for _ in 0..<20 { try throttles[0].admit(.signup, from: .ipv4(1)) }
        #expect(becomesTrue { taken(at: throttles[1], by: .ipv4(1)) > 60 * second })
        #expect(throws: AuthError.self) { try throttles[1].admit(.signup, from: .ipv4(1)) }
        try throttles[1].admit(.signup, from: .ipv4(2))
        // What a daemon told is not counted once more where it was counted.
        #expect(taken(at: throttles[0], by: .ipv4(1)) <= 120 * second)
        for daemon in daemons { daemon.close() }
    }
}
