package import HTTP

/// Writes one line per request.
///
/// Confined to the thread of the responder that writes to it.
package protocol RequestLog: AnyObject {
    /// Whether requests of this listener are logged now.
    func isEnabled(for listener: ListenerRole) -> Bool

    /// Writes the line of a request after its response; never waits for an output.
    func write(_ request: borrowing AccessLogEntry)
}
