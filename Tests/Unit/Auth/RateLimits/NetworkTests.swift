import Crypto
import Testing
import TestSupport

@testable import Auth

/// How the limits treat networks within larger networks.
struct NetworkTests {
    private let clock = TestClock()

    private func throttle() -> Throttle {
        let clock = clock
        return Throttle(isEnabled: true, capacity: 65_536) { clock.monotonic }
    }

    /// How many requests are admitted in a row until one is refused.
    private func admitted(
        _ action: Throttle.Action, _ throttle: Throttle, from network: (UInt64) -> Throttle.Network
    ) -> Int {
        (0..<UInt64(100_000)).prefix { number in
            (try? throttle.admit(action, from: network(number))) != nil
        }.count
    }

    @Test(arguments: Throttle.Action.allCases)
    func `a larger network has four and sixteen times the limit`(
        action: Throttle.Action
    ) {
        let throttle = throttle()
        let once = admitted(action, throttle) { _ in .ipv6(prefix: 0x2001_0db8_0001_0000) }
        #expect(once >= 10)
        let inSite = admitted(action, throttle) { .ipv6(prefix: 0x2001_0db8_0002_0000 + $0 % 256) }
        #expect(inSite == 4 * once)
        let inOrganization = admitted(action, throttle) {
            .ipv6(prefix: 0x2001_0db8_0003_0000 + ($0 * 256) % 65_536 + $0 / 256)
        }
        #expect(inOrganization == 16 * once)
        let addresses = admitted(action, throttle) { .ipv4(UInt32(0xC633_6400 + $0 % 256)) }
        #expect(addresses == 16 * once)
        let elsewhere = admitted(action, throttle) { _ in .ipv6(prefix: 0x2001_0db8_0004_0000) }
        #expect(elsewhere == once, "neighbouring networks have their own limit")
        #expect(admitted(action, throttle) { _ in .ipv4(0xC633_6500) } == once)
        #expect(admitted(action, throttle) { _ in .local } == once)
    }

    @Test func `a refusal of one network does not count against the networks around it`() {
        let throttle = throttle()
        let prefix: UInt64 = 0x2001_0db8_0001_0000
        _ = admitted(.setup, throttle) { _ in .ipv6(prefix: prefix) }
        for _ in 0..<1_000 { _ = try? throttle.admit(.setup, from: .ipv6(prefix: prefix)) }
        #expect(admitted(.setup, throttle) { .ipv6(prefix: prefix + 1 + $0 % 255) } == 30)
    }

    @Test func `the reported wait is sufficient`() throws {
        let throttle = throttle()
        let network = { (number: UInt64) in
            Throttle.Network.ipv6(prefix: 0x2001_0db8_0001_0000 + number % 65_536)
        }
        for round in 0..<200 as Range<UInt64> {
            _ = admitted(.signup, throttle) { network($0 &* 257 &+ round) }
            guard
                case .tooManyRequests(let seconds, _)? = #expect(
                    throws: AuthError.self,
                    performing: { try throttle.admit(.signup, from: network(round)) })
            else { return }
            clock.advance(seconds: seconds)
            try throttle.admit(.signup, from: network(round))
        }
    }

    @Test func `concurrent derivations scale with the size of the network`() throws {
        let throttle = throttle()
        func nest(_ depth: Int, _ network: (UInt64) -> Throttle.Network) -> Int {
            let client = ClientContext(
                network: network(UInt64(depth)), address: nil, userAgent: nil)
            guard depth <= 64,
                let admission = try? throttle.admitHashing(
                    at: "\(depth)@example.org", knownTo: nil, from: client)
            else { return 0 }
            return (try? throttle.whileHashing(admission) { _ in nest(depth + 1, network) + 1 })
                ?? 0
        }
        #expect(nest(0) { _ in .ipv6(prefix: 7 << 16) } == 4)
        #expect(nest(0) { .ipv6(prefix: 7 << 16 + $0) } == 16)
        #expect(nest(0) { .ipv6(prefix: 7 << 16 + $0 * 256) } == 64)
        #expect(nest(0) { .ipv4(UInt32(0x0A00_0000 + $0)) } == 64)
        #expect(nest(0) { .ipv4(UInt32(0x0A00_0000 + $0 * 256)) } == 65)
    }

    @Test func `failures at an account are counted for a whole customer network`() {
        let clock = clock
        let counter = FailedLogins(key: .random(), capacity: 1_024) { clock.monotonic }
        func refusal(_ number: UInt64) -> Throttle.Limit? {
            let network = Throttle.Network.ipv6(prefix: 0x2001_0db8_0001_0000 + number)
            guard case .refused(_, let limit) = counter.begin(at: "a@b.org", by: nil, from: network)
            else { return nil }
            return limit
        }
        for number in 0..<20 as Range<UInt64> { #expect(refusal(number) == nil) }
        #expect(refusal(20) == .failedLoginsOfNetwork)
        #expect(refusal(256) == nil, "another /56")
    }

    @Test func `networks and their enclosing networks are distinct`() {
        let networks: [Throttle.Network] = [
            .ipv4(0), .ipv4(1), .ipv6(prefix: 0), .ipv6(prefix: 1), .local,
        ]
        let own = Set(networks)
        #expect(own.count == networks.count)
        let around = Set(networks.flatMap { $0.scopes.dropFirst().map(\.network) })
        #expect(around.count == 3 && around.isDisjoint(with: own))
    }
}
