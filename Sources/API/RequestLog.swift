/// Keeps one line a request.
///
/// Confined to the thread of the responder that writes to it.
public protocol RequestLog: AnyObject {
    /// Whether lines are kept at the moment.
    var isEnabled: Bool { get }

    /// Keeps the line of a request that is answered; never waits for an output.
    func write(_ request: borrowing AnsweredRequest)
}
