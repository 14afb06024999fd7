import HTTP
package import Metrics
import Synchronization

/// The responses of all threads.
///
/// Shared. Bounded, since every label has few values: no path that a client chose is one.
package final class RequestMetrics: Sendable {
    private let series = Mutex<[ResponseSeries]>([])

    /// Metrics without responses.
    package init() {}

    /// Adds a series that a thread counts from now on.
    func add(_ new: ResponseSeries) {
        series.withLock { $0.append(new) }
    }

    /// Adds requests, their durations and errors to a scrape.
    package func append(to exposition: inout Exposition) {
        var requests: [RequestKey: UInt64] = [:]
        var durations: [RouteKey: Distribution] = [:]
        var errors: [ErrorCode: UInt64] = [:]
        for series in series.withLock({ $0 }) {
            let distribution = series.durations.distribution
            guard distribution.count > 0 else { continue }
            if let code = series.code { errors[code, default: 0] += distribution.count }
            guard let method = series.method else { continue }
            let key = RouteKey(route: series.route, method: method.rawValue)
            requests[RequestKey(on: key, status: series.status), default: 0] += distribution.count
            durations[key, default: Distribution(.times)].add(distribution)
        }
        exposition.counter(
            "lunauth_http_requests_total", "Requests that were answered.",
            requests.sorted { $0.key < $1.key }.map { .init($0.key.labels, .count($0.value)) })
        exposition.histogram(
            "lunauth_http_request_duration_seconds",
            "From when the head of a request was complete until its answer was made.",
            durations.sorted { $0.key < $1.key }.map { .init($0.key.labels, $0.value) })
        exposition.counter(
            "lunauth_errors_total", "Error answers, by their stable code.",
            ErrorCode.allCases.map { code in
                .init([("code", code.rawValue)], .count(errors[code] ?? 0))
            })
    }
}

/// A method of a route.
private struct RouteKey: Hashable, Comparable {
    let route: String
    let method: String

    var labels: [Exposition.Label] { [("method", method), ("route", route)] }

    static func < (left: RouteKey, right: RouteKey) -> Bool {
        (left.route, left.method) < (right.route, right.method)
    }
}

/// A method of a route and a status.
private struct RequestKey: Hashable, Comparable {
    let on: RouteKey
    let status: Status

    var labels: [Exposition.Label] { on.labels + [("status", "\(status.rawValue)")] }

    static func < (left: RequestKey, right: RequestKey) -> Bool {
        (left.on, left.status.rawValue) < (right.on, right.status.rawValue)
    }
}
