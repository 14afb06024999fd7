import HTTP
import Metrics

/// How long one thread took for the answers that have the same labels.
///
/// Counted by that thread, read by any.
final class ResponseSeries: Sendable {
    /// The path template of the route.
    let route: String
    /// The method; nil where what arrived was no request.
    let method: Method?
    /// The status of the answers.
    let status: Status
    /// Their error code, if they have one.
    let code: ErrorCode?
    /// From when a head was complete until its answer was made; 0 for what was no request.
    let durations = Histogram(.times)

    /// A series without answers.
    init(route: String, method: Method?, status: Status, code: ErrorCode?) {
        self.route = route
        self.method = method
        self.status = status
        self.code = code
    }
}
