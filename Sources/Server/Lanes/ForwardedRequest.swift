import Bytes
import HTTP
import Synchronization

/// A request to be answered on a worker lane.
///
/// A class because most steps of a connection forward none, and one pointer is cheaper to return; and because
/// the loop, or the lane it came from, may still hold it when it is answered: a secret in the body of a struct
/// would then be wiped in a copy.
final class ForwardedRequest: Sendable {
    /// The lane to run it on first.
    let lane: Lane
    /// Whether the bytes of its body are overwritten once it is answered.
    let wipesBody: Bool
    private let stored: Mutex<Request>

    /// Keeps a complete request.
    init(_ request: Request, lane: Lane, wipesBody: Bool) {
        self.lane = lane
        self.wipesBody = wipesBody
        stored = Mutex(request)
    }

    /// The complete request.
    var request: Request { stored.withLock { $0 } }

    /// Overwrites the body if it contains a secret, whoever else holds this object.
    ///
    /// No copy of the request may be left.
    func wipeBody() {
        guard wipesBody else { return }
        stored.withLock { wipe(&$0.body) }
    }
}
