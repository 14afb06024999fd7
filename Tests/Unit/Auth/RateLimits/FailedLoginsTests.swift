import Crypto
import Testing
import TestSupport

@testable import Auth

/// How failures are counted, and which counts survive a restart.
struct FailedLoginsTests {
    private let clock = TestClock()
    private let key = Secret.random()
    private let email = "ada@example.org"

    private func counter(capacity: Int = 1_024) -> FailedLogins {
        let clock = clock
        return FailedLogins(key: key, capacity: capacity) { clock.monotonic }
    }

    /// Seconds to wait, rounded up; nil when the attempt was counted.
    private func wait(
        _ counter: FailedLogins, by proof: FailedLogins.Proof? = nil, from network: Int = 1,
        at email: String? = nil
    ) -> Int? {
        let outcome = counter.begin(
            at: email ?? self.email, by: proof, from: .ipv4(UInt32(network)))
        guard case .refused(let wait, _) = outcome else { return nil }
        return wait.secondsRoundedUp
    }

    /// All counts that are due to be written.
    private func written(by counter: FailedLogins) -> [FailedLogins.Count] {
        counter.takeChanges(limit: .max, at: clock.now)
    }

    @Test func `unknown clients have sixty failures at an account and then one every six minutes`()
    {
        let counter = counter()
        for network in 0..<60 { #expect(wait(counter, from: network) == nil) }
        #expect(wait(counter, from: 1_000) == 360)
        clock.advance(seconds: 360)
        #expect(wait(counter, from: 1_001) == nil)
        #expect(wait(counter, from: 1_002) == 360)
        #expect(wait(counter, from: 1_002, at: "eve@example.org") == nil)
    }

    @Test func `a known device has ten failures of its own and then one every ten minutes`() {
        let counter = counter()
        let device = FailedLogins.Proof.device(.random())
        for network in 0..<60 { _ = wait(counter, from: network) }
        for _ in 0..<10 { #expect(wait(counter, by: device) == nil) }
        #expect(wait(counter, by: device) == 360, "from here on it counts as unknown")
        #expect(wait(counter, by: .device(.random())) == nil)
        #expect(wait(counter, by: .session(.random())) == nil)
        clock.advance(seconds: 599)
        #expect(wait(counter, from: 1_000) == nil)
        #expect(wait(counter, by: device, from: 1_001) == 1, "the shorter of its two waits")
        clock.advance(seconds: 1)
        #expect(wait(counter, by: device, from: 1_001) == nil)
    }

    @Test func `of an unknown client's two waits the longer is reported`() {
        let counter = counter()
        for _ in 0..<5 { _ = wait(counter, from: 1) }
        #expect(wait(counter, from: 1) == 30)
        for network in 2..<57 { _ = wait(counter, from: network) }
        #expect(wait(counter, from: 1) == 360)
        #expect(wait(counter, from: 99) == 360)
    }

    @Test(arguments: [1, 40])
    func `the reported wait is sufficient`(networks: Int) throws {
        let counter = counter()
        for round in 0..<500 {
            while wait(counter, from: round % networks) == nil {}
            let seconds = try #require(wait(counter, from: round % networks))
            clock.advance(seconds: seconds)
            #expect(wait(counter, from: round % networks) == nil, "round \(round)")
        }
    }

    @Test func `a refusal counts against neither the network nor the account`() {
        let counter = counter()
        for _ in 0..<5 { _ = wait(counter, from: 1) }
        for _ in 0..<1_000 { #expect(wait(counter, from: 1) == 30) }
        for network in 2..<57 { #expect(wait(counter, from: network) == nil) }
        for _ in 0..<1_000 { #expect(wait(counter, from: 99) == 360) }
        clock.advance(seconds: 360)
        #expect(wait(counter, from: 99) == nil)
    }

    @Test func `a successful attempt counts nowhere`() {
        let counter = counter()
        for proof in [nil, .device(.random()), .session(.random())] as [FailedLogins.Proof?] {
            for _ in 0..<200 {
                guard
                    case .counted(let attempt) = counter.begin(
                        at: email, by: proof, from: .sample)
                else {
                    Issue.record("refused")
                    return
                }
                counter.forget(attempt)
            }
        }
        #expect(written(by: counter).allSatisfy { $0.endsAt == nil })
    }

    @Test func `the counts of accounts and devices survive a restart`() {
        let counter = counter()
        let device = FailedLogins.Proof.device(.random())
        for network in 0..<60 { _ = wait(counter, from: network) }
        for _ in 0..<10 { _ = wait(counter, by: device) }
        let counts = written(by: counter)
        #expect(counts.count == 2 && written(by: counter).isEmpty)

        let next = self.counter()
        clock.advance(seconds: 100)
        next.restore(counts, at: clock.now)
        #expect(wait(next, from: 1_000) == 260)
        #expect(wait(next, by: device, from: 1_000) == 260)
        #expect(written(by: next).isEmpty, "written counts are not written again")
        clock.advance(seconds: 500)
        #expect(wait(next, by: device, from: 1_001) == nil)
    }

    @Test func `clearing an account removes its counts from the record and no others`() throws {
        let counter = counter()
        let (device, other) = (FailedLogins.Proof.device(.random()), "eve@example.org")
        for network in 0..<60 { _ = wait(counter, from: network) }
        _ = wait(counter, by: device)
        for network in 0..<60 { _ = wait(counter, from: network, at: other) }
        let record = written(by: counter)
        counter.clear(at: try #require(Email(email)))
        let cleared = written(by: counter)
        #expect(cleared.count == 2 && cleared.allSatisfy { $0.endsAt == nil })
        #expect(Set(cleared.map(\.key)).isSubset(of: Set(record.map(\.key))))

        let next = self.counter()
        next.restore(record, at: clock.now)
        next.clear(at: try #require(Email(email)))
        for each in [counter, next] {
            #expect(wait(each, from: 1_000) == nil && wait(each, from: 1_000, at: other) == 360)
        }
    }

    @Test func `counts cannot be read with another secret`() {
        let counter = counter()
        for network in 0..<60 { _ = wait(counter, from: network) }
        let clock = clock
        let other = FailedLogins(key: .random(), capacity: 16) { clock.monotonic }
        other.restore(written(by: counter), at: clock.now)
        #expect(wait(other, from: 1_000) == nil)
    }

    @Test(arguments: [(-3_600, 360), (-31_536_000, 360), (3_600, nil), (31_536_000, nil)])
    func `a clock change during a restart extends no lockout`(
        leap: Int64, expected: Int?
    ) {
        let counter = counter()
        for network in 0..<60 { _ = wait(counter, from: network) }
        let next = self.counter()
        next.restore(written(by: counter), at: clock.now.adding(seconds: leap))
        #expect(wait(next, from: 1_000) == expected)
    }

    @Test func `counts that could not be written are returned again`() {
        let counter = counter()
        _ = wait(counter)
        let counts = written(by: counter)
        #expect(counts.count == 1)
        counter.markChanged(counts)
        #expect(written(by: counter) == counts)
    }

    @Test func `changes are returned in batches`() {
        let counter = counter()
        for number in 0..<10 { _ = wait(counter, from: number, at: "a\(number)@example.org") }
        let first = counter.takeChanges(limit: 7, at: clock.now)
        let second = counter.takeChanges(limit: 7, at: clock.now)
        #expect(first.count == 7 && second.count == 3)
        #expect(Set((first + second).map(\.key)).count == 10)
    }

    @Test func `evicted counts are removed from the record`() {
        let counter = counter(capacity: 4)
        for number in 0..<4 { _ = wait(counter, from: number, at: "a\(number)@example.org") }
        var record: [Digest: Timestamp] = [:]
        func write() {
            for count in written(by: counter) { record[count.key] = count.endsAt }
        }
        write()
        #expect(record.count == 4)
        for number in 4..<100 {
            _ = wait(counter, from: number, at: "a\(number)@example.org")
            write()
            #expect(record.count <= 4)
        }
    }

    @Test func `an address is compared without regard to case`() {
        let counter = counter()
        for network in 0..<60 { _ = wait(counter, from: network, at: "Ada@Example.ORG") }
        #expect(wait(counter, from: 1_000) == 360)
    }

    @Test func `networks of different kinds are distinct`() {
        let counter = counter()
        for _ in 0..<5 { _ = counter.begin(at: email, by: nil, from: .ipv4(7)) }
        #expect(wait(counter, from: 7) == 30)
        guard case .counted = counter.begin(at: email, by: nil, from: .ipv6(prefix: 7)) else {
            Issue.record("counted as another network")
            return
        }
    }
}
