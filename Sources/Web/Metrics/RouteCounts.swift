import HTTP
import Metrics

/// The responses of one route on one thread.
///
/// Confined to that thread; the series are read by any.
final class RouteCounts {
    /// The usual responses; found without searching the others.
    let usual: ResponseSeries
    /// The other responses, each kind once it occurred.
    private var others: [ResponseSeries] = []

    /// Counts of a method and path template.
    init(method: Method, path: String) {
        usual = ResponseSeries(route: path, method: method, status: .ok, code: nil)
    }

    /// Counts of requests that match no route.
    static func unmatched() -> RouteCounts { RouteCounts(method: .get, path: "other") }

    /// Counts a response.
    ///
    /// - Parameters:
    ///   - method: Of its request; nil where what arrived was none.
    ///   - status: Its status.
    ///   - code: Its error code; nil for none.
    ///   - nanoseconds: The time it took.
    ///   - metrics: Where a new series is added.
    func count(
        method: Method?, status: Status, code: ErrorCode?, nanoseconds: UInt64,
        in metrics: RequestMetrics
    ) {
        if status == usual.status, method == usual.method, code == nil {
            usual.durations.observe(nanoseconds)
        } else {
            series(method, status, code, in: metrics).durations.observe(nanoseconds)
        }
    }

    /// The series of an unusual response; there are few, since every label has few values.
    ///
    /// Kept out of line: inlined, it would make the usual response slower.
    @inline(never)
    private func series(
        _ method: Method?, _ status: Status, _ code: ErrorCode?, in metrics: RequestMetrics
    ) -> ResponseSeries {
        for series in others
        where series.method == method && series.status == status && series.code == code {
            return series
        }
        let new = ResponseSeries(route: usual.route, method: method, status: status, code: code)
        others.append(new)
        metrics.add(new)
        return new
    }
}
