import Auth
import Crypto
import TestSupport
import Testing

@testable import PostgreSQLStore

struct SharedCountsTests {
    private let name = FailedLoginRows.Name(subject: .account, key: .random())

    @Test func `what was not exchanged counts from now`() {
        let counts = SharedCounts()
        #expect(counts.difference(of: 360_000, name, now: 0) == 360_000)
        #expect(counts.difference(of: -5, name, now: 0) == 0)
    }

    @Test func `what was exchanged is not counted again, and can be taken back`() {
        var counts = SharedCounts()
        counts.set(360_000, of: name, now: 0)
        #expect(counts.difference(of: 360_004, name, now: 0) == 0)
        #expect(counts.difference(of: 720_000, name, now: 10) == 360_000)
        #expect(counts.difference(of: 0, name, now: 10) == -359_990)
        #expect(counts.difference(of: 0, name, now: 400_000) == 0, "both have passed")
    }

    @Test func `an account is forgotten with its devices`() {
        let device = FailedLoginRows.Name(
            subject: .known, key: Digest.random().grouped(under: name.key))
        let other = FailedLoginRows.Name(subject: .account, key: .random())
        var counts = SharedCounts()
        for name in [name, device, other] { counts.set(10_000, of: name, now: 0) }
        counts.removeAll(of: name.key)
        #expect(counts.difference(of: 10_000, name, now: 0) == 10_000)
        #expect(counts.difference(of: 10_000, device, now: 0) == 10_000)
        #expect(counts.difference(of: 10_000, other, now: 0) == 0)
    }
}
