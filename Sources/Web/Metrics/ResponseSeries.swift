import HTTP
import Metrics

/// The durations of one thread for responses with the same labels.
///
/// Counted by that thread, read by any.
final class ResponseSeries: Sendable {
    /// The path template of the route.
    let route: String
    /// The method; nil for input that is no request.
    let method: Method?
    /// The status of the responses.
    let status: Status
    /// Their error code, if they have one.
    let code: ErrorCode?
    /// From the complete head to the response; 0 for input that is no request.
    let durations = Histogram(.times)

    /// A series without responses.
    init(route: String, method: Method?, status: Status, code: ErrorCode?) {
        self.route = route
        self.method = method
        self.status = status
        self.code = code
    }
}
