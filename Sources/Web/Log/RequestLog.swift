package import HTTP

/// Keeps one line a request.
///
/// Confined to the thread of the responder that writes to it.
package protocol RequestLog: AnyObject {
    /// Whether lines of requests through this entrance are kept at the moment.
    func isEnabled(for listener: ListenerRole) -> Bool

    /// Keeps the line of a request that is answered; never waits for an output.
    func write(_ request: borrowing AccessLogEntry)
}
