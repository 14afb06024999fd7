/// Answers the requests of the server.
///
/// One instance for each thread, confined to it.
public protocol Responder: AnyObject {
    /// Answers a complete request, or names the lane to run it on.
    ///
    /// - Parameters:
    ///   - request: Complete, with its body.
    ///   - lane: The lane of this call; it decides what the call may wait for.
    /// - Returns: The response; or `.forward` to another lane than this one.
    func respond(to request: Request, on lane: Lane) -> ResponderResult

    /// Checks a head whose body has not been read: unknown path, wrong method, wrong media type.
    ///
    /// Called before `100 Continue` is sent and before a body is refused as too large, so that the
    /// order of checks does not depend on the size of the body.
    /// - Returns: The refusal, or nil to accept the body.
    func screen(_ head: Request) -> Response?

    /// Renders a refusal by the server itself.
    ///
    /// - Parameters:
    ///   - refusal: The reason.
    ///   - request: The request, if its head is known.
    /// - Returns: The response, after which the server may close the connection.
    func refuse(_ refusal: Refusal, request: Request?) -> Response

    /// Renders the refusal of input that is not, or not yet, a request.
    ///
    /// - Parameters:
    ///   - refusal: The reason.
    ///   - input: The input, for the log.
    /// - Returns: The response, after which the server closes the connection.
    func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response
}

extension Responder {
    /// Renders the refusal for a responder that does not log the input.
    public func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response {
        refuse(refusal, request: nil)
    }
}

/// Input that is not, or not yet, a complete request head.
public struct UnreadableInput: Sendable {
    /// The client that sent it.
    public let peer: Peer
    /// The listener that accepted its connection.
    public let listener: ListenerRole
    /// The first bytes; empty when they may be the rest of a body, which may contain a secret.
    public let start: [UInt8]

    /// The most bytes of `start`.
    public static let maximumStart = 32

    /// Creates input to report.
    public init(peer: Peer, listener: ListenerRole, start: [UInt8]) {
        self.peer = peer
        self.listener = listener
        self.start = start
    }
}

/// The result of a responder.
public enum ResponderResult: Sendable {
    /// The response.
    case answer(Response)
    /// Run the same request again on a worker of this lane, and overwrite the bytes of its body
    /// once it is answered where they contain a secret.
    case forward(Lane, wipingBody: Bool = false)
}

/// Why the server itself refuses a request or a connection.
public enum Refusal: Error, Sendable, Equatable {
    /// The bytes are not a request that this server accepts.
    case message(MessageError)
    /// The client did not complete its request in time (408).
    case requestTimeout
    /// The limit of connections, or of those of one peer, is reached (503).
    case tooManyConnections
    /// A lane's queue is full or too slow (503); when to try again.
    case overloaded(retryAfterSeconds: Int)
    /// The request waited too long in a lane's queue (503); when to try again.
    case waitedTooLong(retryAfterSeconds: Int)
}
