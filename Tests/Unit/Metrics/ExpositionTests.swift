import Metrics
import Testing

@Suite struct ExpositionTests {
    private func text(_ add: (inout Exposition) -> Void) -> String {
        var exposition = Exposition()
        add(&exposition)
        return String(decoding: exposition.text, as: UTF8.self)
    }

    @Test func `a counter has its head and a line`() {
        #expect(
            text { $0.counter("a_total", "How many.", .count(7)) } == """
                # HELP a_total How many.
                # TYPE a_total counter
                a_total 7

                """)
    }

    @Test func `every series has its labels`() {
        #expect(
            text {
                $0.gauge(
                    "b", "It.",
                    [
                        .init([("x", "1"), ("y", "two")], .count(0)),
                        .init([("x", "2"), ("y", "")], .count(.max)),
                    ])
            } == """
                # HELP b It.
                # TYPE b gauge
                b{x="1",y="two"} 0
                b{x="2",y=""} 18446744073709551615

                """)
    }

    @Test func `a family without series is left out`() {
        #expect(text { $0.counter("a_total", "No.", []) } == "")
        #expect(text { $0.histogram("b", "No.", []) } == "")
    }

    @Test func `a histogram is cumulated, and its last bucket is its count`() {
        let histogram = Histogram(Buckets([100_000, 2_500_000_000], of: .nanoseconds))
        for value: UInt64 in [1, 100_000, 2_000_000_000, 7_000_000_000] { histogram.observe(value) }
        #expect(
            text {
                $0.histogram(
                    "c_seconds", "Time.", [.init([("r", "/")], histogram.distribution)])
            } == """
                # HELP c_seconds Time.
                # TYPE c_seconds histogram
                c_seconds_bucket{r="/",le="0.0001"} 2
                c_seconds_bucket{r="/",le="2.5"} 3
                c_seconds_bucket{r="/",le="+Inf"} 4
                c_seconds_sum{r="/"} 9.000100001
                c_seconds_count{r="/"} 4

                """)
    }

    @Test func `a histogram of things has whole numbers`() {
        let histogram = Histogram(Buckets([1, 64], of: .ones))
        histogram.observe(64)
        let text = text { $0.histogram("d", "Things.", histogram.distribution) }
        #expect(
            text.contains("d_bucket{le=\"1\"} 0\nd_bucket{le=\"64\"} 1\nd_bucket{le=\"+Inf\"} 1\n"))
        #expect(text.contains("d_sum 64\nd_count 1\n"))
    }

    @Test(arguments: [
        (0, "0"), (1, "0.000000001"), (1_000_000_000, "1"), (1_500_000_000, "1.5"),
        (100_000, "0.0001"), (12_345_678_901, "12.345678901"), (90_000_000_010, "90.00000001"),
        (UInt64.max, "18446744073.709551615"),
    ])
    func `nanoseconds are shown in seconds to the last digit`(value: UInt64, shown: String) {
        #expect(
            text { $0.gauge("e_seconds", "T.", .nanoseconds(value)) }
                .hasSuffix("\ne_seconds \(shown)\n"))
    }

    @Test func `no value of a label ends its line or its quotes`() {
        let text = text {
            $0.gauge("f", "A \"line\"\nwith \\ in it.", [.init([("p", "a\\b\"c\nd")], .count(1))])
        }
        #expect(
            text == """
                # HELP f A "line"\\nwith \\\\ in it.
                # TYPE f gauge
                f{p="a\\\\b\\"c\\nd"} 1

                """)
    }
}
