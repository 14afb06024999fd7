import HTTP
import Metrics

extension Route {
    /// Counts what finds no route; stands in no table.
    static func unmatched() -> Route {
        Route(.get, "other", on: .loop) { _ throws(RequestError) in throw .notFound }
    }

    /// Counts an answer.
    ///
    /// - Parameters:
    ///   - method: Of its request; nil where what arrived was none.
    ///   - status: Of the answer.
    ///   - code: Of the error that it is.
    ///   - nanoseconds: What it took.
    ///   - metrics: Where a new series is added.
    func count(
        method: Method?, status: Status, code: ErrorCode?, nanoseconds: UInt64,
        in metrics: RequestMetrics
    ) {
        if status == usualResponses.status, method == self.method, code == nil {
            usualResponses.durations.observe(nanoseconds)
        } else {
            series(method, status, code, in: metrics).durations.observe(nanoseconds)
        }
    }

    /// The series of an unusual answer; there are few, since every label has few values.
    ///
    /// Kept out of line: inlined, it would make the usual answer dearer.
    @inline(never)
    private func series(
        _ method: Method?, _ status: Status, _ code: ErrorCode?, in metrics: RequestMetrics
    ) -> ResponseSeries {
        for series in otherResponses
        where series.method == method && series.status == status && series.code == code {
            return series
        }
        let new = ResponseSeries(
            route: usualResponses.route, method: method, status: status, code: code)
        otherResponses.append(new)
        metrics.add(new)
        return new
    }
}
