import Metrics
import Testing

@Suite struct HistogramTests {
    private let buckets = Buckets([10, 20, 40], of: .ones)

    @Test(arguments: [
        (0, 0), (1, 0), (10, 0), (11, 1), (20, 1), (21, 2), (40, 2), (41, 3), (UInt64.max, 3),
    ])
    func `a value is in the first bucket that it does not exceed`(value: UInt64, bucket: Int) {
        let histogram = Histogram(buckets)
        histogram.observe(value)
        var counts: [UInt64] = [0, 0, 0, 0]
        counts[bucket] = 1
        #expect(histogram.distribution.counts == counts)
        #expect(histogram.distribution.sum == value)
    }

    @Test func `nothing was counted at first`() {
        #expect(Histogram(buckets).distribution == Distribution(buckets))
        #expect(Distribution(buckets).count == 0)
    }

    @Test func `a sum that overflows its cell starts again at zero`() {
        let histogram = Histogram(buckets)
        histogram.observe(.max)
        histogram.observe(3)
        #expect(histogram.distribution.sum == 2)
        #expect(histogram.distribution.count == 2)
    }

    @Test func `distributions of several threads are added up`() {
        let first = Histogram(buckets)
        let second = Histogram(buckets)
        for value: UInt64 in [1, 15, 100] { first.observe(value) }
        for value: UInt64 in [2, 30] { second.observe(value) }
        var sum = first.distribution
        sum.add(second.distribution)
        #expect(sum.counts == [2, 1, 1, 1])
        #expect(sum.count == 5)
        #expect(sum.sum == 148)
    }

    @Test func `the most bounds that there can be all count`() {
        let bounds = (1...UInt64(Histogram.boundsAtMost)).map { $0 * 10 }
        let histogram = Histogram(Buckets(bounds, of: .ones))
        for bound in bounds { histogram.observe(bound) }
        histogram.observe(1_000)
        #expect(histogram.distribution.counts.allSatisfy { $0 == 1 })
        #expect(histogram.distribution.sum == bounds.reduce(1_000, +))
    }

    /// A histogram that two tasks have.
    private final class Shared: Sendable {
        let histogram = Histogram(Buckets([10, 20, 40], of: .ones))
    }

    @Test func `values read concurrently never decrease`() async {
        let shared = Shared()
        let values: UInt64 = 20_000
        async let hasShrunk = Task.detached {
            var last = shared.histogram.distribution
            while last.count < values {
                let next = shared.histogram.distribution
                if zip(next.counts, last.counts).contains(where: <) || next.sum < last.sum {
                    return true
                }
                last = next
            }
            return false
        }.value
        await Task.detached {
            for value in 0..<values { shared.histogram.observe(value % 50) }
        }.value
        #expect(await hasShrunk == false)
        #expect(shared.histogram.distribution.count == values)
    }
}
