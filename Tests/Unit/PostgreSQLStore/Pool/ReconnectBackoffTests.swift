import Testing

@testable import PostgreSQLStore

struct ReconnectBackoffTests {
    @Test func `pauses double up to a limit and start again after a success`() {
        var backoff = ReconnectBackoff()
        let pauses = (0..<8).map { _ in backoff.fail { $0.upperBound } / 1_000_000 }
        #expect(pauses == [100, 200, 400, 800, 1_600, 3_000, 3_000, 3_000])
        backoff.succeed()
        #expect(backoff.fail { $0.upperBound } == ReconnectBackoff.shortest)
    }

    @Test func `a pause is at least half of its time`() {
        var backoff = ReconnectBackoff()
        _ = backoff.fail()
        #expect(backoff.fail { $0.lowerBound } == ReconnectBackoff.shortest)
    }
}
