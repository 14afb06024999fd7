/// What the server calls to have a request answered.
///
/// One instance a thread, confined to it.
public protocol Responder: AnyObject {
    /// Answers a whole request, or names the lane on which to ask again.
    ///
    /// - Parameters:
    ///   - request: Complete, body included.
    ///   - lane: Where this call runs; what may wait is decided by it.
    /// - Returns: The answer; or `.forward` to another lane than this one.
    func respond(to request: Request, on lane: Lane) -> ResponderResult

    /// Checks a head whose body has not been read: unknown path, wrong method, wrong media type.
    ///
    /// Asked before `100 Continue` is sent and before a body is refused as too large, so that the
    /// order of checks does not depend on the size of the body.
    /// - Returns: The refusal, or nil when the body is wanted.
    func screen(_ head: Request) -> Response?

    /// Renders a refusal that the server itself decided on.
    ///
    /// - Parameters:
    ///   - refusal: Why.
    ///   - request: The request it concerns, where its head is known.
    /// - Returns: The answer, after which the server may close the connection.
    func refuse(_ refusal: Refusal, request: Request?) -> Response

    /// Renders the refusal of bytes that are no request, or not yet.
    ///
    /// - Parameters:
    ///   - refusal: Why.
    ///   - input: What arrived, for the log.
    /// - Returns: The answer, after which the server closes the connection.
    func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response
}

extension Responder {
    /// Renders the refusal for a responder that tells nobody what arrived.
    public func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response {
        refuse(refusal, request: nil)
    }
}

/// What arrived on a connection that was no request, or not yet a whole head.
public struct UnreadableInput: Sendable {
    /// Who sent it.
    public let peer: Peer
    /// Through which entrance it came.
    public let listener: ListenerRole
    /// How it begins; empty where it may be the rest of a body, which may hold a secret.
    public let start: [UInt8]

    /// The most bytes of `start`.
    public static let maximumStart = 32

    /// Input from its parts.
    public init(peer: Peer, listener: ListenerRole, start: [UInt8]) {
        self.peer = peer
        self.listener = listener
        self.start = start
    }
}

/// What a responder says to a request.
public enum ResponderResult: Sendable {
    /// The answer.
    case answer(Response)
    /// Ask again, with the same request, on a worker of this lane.
    case forward(Lane)
}

/// Why the server itself turns a request or a connection away.
public enum Refusal: Error, Sendable, Equatable {
    /// The bytes are not a request that this server accepts.
    case message(MessageError)
    /// The client did not finish its request in time (408).
    case requestTimeout
    /// The bound on connections, or on those of one peer, is reached (503).
    case tooManyConnections
    /// A lane's queue is full, or too slow (503); when asking again makes sense.
    case overloaded(retryAfterSeconds: Int)
    /// The request waited in a lane's queue longer than it may (503); when asking again makes sense.
    case waitedTooLong(retryAfterSeconds: Int)
}
