import Testing

@testable import PostgreSQLStore

struct RetryDelayTests {
    @Test func `retries are bounded, and their pauses`() {
        var delay = RetryDelay()
        var pauses: [UInt64] = []
        while let time = delay.next(at: 0, before: .max, random: { $0.upperBound }) {
            pauses.append(time / 1_000_000)
        }
        #expect(pauses.prefix(8) == [1, 2, 4, 8, 16, 32, 64, 64])
        #expect(pauses.count == RetryDelay.maximumRetries && pauses.max() == 64)
    }

    @Test func `nothing is tried again that would begin after its deadline`() {
        var delay = RetryDelay()
        #expect(delay.next(at: 10, before: 1_000_010, random: { $0.upperBound }) == nil)
        #expect(delay.next(at: 10, before: 1_000_010, random: { $0.lowerBound }) == 10)
    }
}
