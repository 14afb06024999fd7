import HTTP
import System

/// One HTTP/1.1 connection as a pure state machine: no socket, no clock, no thread (RFC 9112 §9).
///
/// The loop reports events (bytes, the end of the input, a response, an expired timeout, bytes
/// sent), and the connection appends the bytes to send to the loop's output. Requests are handled
/// strictly one after the other, so responses are in order by construction: while a request is on
/// a lane nothing more is parsed. Memory is allocated only while bytes are in flight: input is
/// parsed where the loop received it and only an incomplete rest is copied; output is kept only
/// when it could not be sent at once. Confined to its loop.
struct Connection {
    /// The most bytes of a body.
    static let bodyLimit = 65_536
    /// Parsing pauses while more output than this is unsent, in bytes.
    static let outputLimit = 65_536
    /// The most bytes that are read and dropped after the last response: enough for a proxy that has
    /// begun to forward a body that is too large to receive the response instead of a reset.
    static let drainLimit = 1_048_576

    /// The phase of the current message.
    enum Phase {
        /// Between requests or within a head.
        case head
        /// Within a body.
        case body
        /// A request is on a lane.
        case dispatched
        /// The last response is being sent; input is ignored.
        case ending
        /// The last response is sent; input is dropped until the client closes.
        case draining
        /// The connection is closed.
        case closed
    }

    /// A request whose body is being read.
    struct Incoming {
        /// The request so far.
        var request: Request
        /// Decodes the framing of its body.
        var decoder: BodyDecoder
    }

    /// The properties of a request that decide how its response is written.
    struct ResponseForm {
        /// Whether the content is omitted (HEAD).
        var omitsBody = false
        /// The minor version of the request.
        var minorVersion: UInt8 = 1
        /// Whether the connection may persist after it.
        var isPersistent = false
    }

    /// The peer.
    let peer: Peer
    /// The listener that accepted the connection.
    let listener: ListenerRole
    /// The phase of the current message.
    var phase = Phase.head
    /// Parses heads; remembers how far it scanned an incomplete one.
    var parser: HeadParser
    /// The request whose body is being read, in phase `body`.
    var incoming: Incoming?
    /// How the current request has to be answered.
    var form = ResponseForm()
    /// Completed heads, wrapping: distinguishes one wait from the next of its kind.
    var messages: UInt32 = 0
    /// Whether parsing paused with requests left in the input, because too much output is unsent.
    var isStalled = false
    /// Output that could not be sent at once, from `firstUnsent` on.
    private(set) var unsent: [UInt8] = []
    /// The index of the first byte of `unsent` that is not sent.
    private(set) var firstUnsent = 0
    /// The current timeout; nil while none applies.
    private(set) var wait: ConnectionTimeout? = .start
    /// When that timeout began, in nanoseconds of the monotonic clock.
    private(set) var waitingSince: UInt64
    /// When the wait for the rest of the current head or body began.
    private var messageSince: UInt64 = 0

    private var unparsed: [UInt8] = []
    private var inputEnded = false
    /// Whether any byte was received.
    private var hasBegun = false
    private var discarded = 0
    private var timedMessages: UInt32 = 0

    /// Creates the state of a connection that was just accepted.
    ///
    /// - Parameters:
    ///   - peer: The peer.
    ///   - listener: The listener that accepted it.
    ///   - limits: The limits of its heads.
    ///   - now: Nanoseconds of the monotonic clock.
    init(
        peer: Peer, listener: ListenerRole = .public, limits: HeadParser.Limits = .init(),
        now: UInt64
    ) {
        self.peer = peer
        self.listener = listener
        parser = HeadParser(limits: limits)
        waitingSince = now
    }

    /// Whether output waits until the socket is writable.
    var hasUnsent: Bool { !unsent.isEmpty }

    /// Whether input is left that can be parsed now.
    var canResume: Bool { isStalled && unsent.isEmpty }

    /// Whether input should be received now.
    var wantsInput: Bool {
        guard unsent.isEmpty, !isStalled, !inputEnded else { return false }
        switch phase {
        case .head, .body, .draining: return true
        case .dispatched, .ending, .closed: return false
        }
    }
}

extension Connection {
    /// Processes received bytes.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the input.
    ///   - context: What the loop provides.
    ///   - output: The bytes to send are appended to it.
    /// - Returns: A request to be answered on a lane; nothing more is parsed until `answer`.
    mutating func receive(
        _ bytes: Span<UInt8>, in context: StepContext, output: inout [UInt8]
    ) -> ForwardedRequest? {
        hasBegun = true
        switch phase {
        case .head, .body, .dispatched: break
        case .draining:
            discarded += bytes.count
            if discarded > Self.drainLimit { phase = .closed }
            return nil
        case .ending, .closed: return nil
        }
        guard unparsed.isEmpty else {
            unparsed.append(copying: bytes)
            return resume(in: context, output: &output)
        }
        let (used, forward) = advance(bytes, in: context, output: &output)
        if used < bytes.count { unparsed.append(copying: bytes.extracting(droppingFirst: used)) }
        return forward
    }

    /// Processes the end of the input: requests received before are still answered.
    mutating func endInput() {
        inputEnded = true
        switch phase {
        case .head, .body:
            if !isStalled { phase = .ending }
        case .draining: phase = .closed
        case .dispatched, .ending, .closed: break
        }
    }

    /// Continues with input that was left when parsing paused.
    ///
    /// - Returns: As `receive`.
    mutating func resume(in context: StepContext, output: inout [UInt8]) -> ForwardedRequest? {
        var input: [UInt8] = []
        swap(&input, &unparsed)
        let (used, forward) = advance(input.span, in: context, output: &output)
        if used < input.count {
            input.removeFirst(used)
            unparsed = input
        }
        // A message that is incomplete now will never be completed.
        if inputEnded, !isStalled, phase == .head || phase == .body { phase = .ending }
        return forward
    }

    /// Processes the response to the request on a lane, then the input after it.
    ///
    /// - Returns: As `receive`.
    mutating func answer(
        _ response: Response, in context: StepContext, output: inout [UInt8]
    ) -> ForwardedRequest? {
        guard case .dispatched = phase else { return nil }
        finish(response, in: context, output: &output)
        guard case .head = phase else { return nil }
        return resume(in: context, output: &output)
    }

    /// Handles an expired timeout; a head or body that is slow, but above the minimum rate, gets
    /// another interval.
    ///
    /// - Parameters:
    ///   - wait: The timeout.
    ///   - limits: The limits of all timeouts.
    ///   - context: What the loop provides.
    ///   - output: The bytes to send are appended to it.
    mutating func expire(
        _ wait: ConnectionTimeout, _ limits: TimeoutLimits, in context: StepContext,
        output: inout [UInt8]
    ) {
        switch wait {
        case .head, .headRate:
            continueWaiting(for: .headRate, limits.head, in: context, output: &output)
        case .body, .bodyRate:
            continueWaiting(for: .bodyRate, limits.body, in: context, output: &output)
        case .start, .idle, .write, .linger: phase = .closed
        }
    }

    /// Keeps output that the socket did not accept.
    mutating func keep(_ output: ArraySlice<UInt8>) {
        unsent.append(contentsOf: output)
    }

    /// Records that more of `unsent` was sent.
    mutating func didSend(_ count: Int) {
        firstUnsent += count
        guard firstUnsent >= unsent.count else { return }
        unsent = []
        firstUnsent = 0
        wait = nil
    }

    /// Records that the socket failed.
    mutating func fail() {
        phase = .closed
    }

    /// Ends a step: returns what to do with the socket and updates the current timeout.
    mutating func endStep(at now: UInt64) -> Step {
        var step = Step.proceed
        if case .ending = phase, unsent.isEmpty {
            phase = inputEnded ? .closed : .draining
            step = .endOutput
        }
        if case .closed = phase { step = .close }

        let next = currentWait
        let isKept =
            next == wait || next == .head && wait == .headRate
            || next == .body && wait == .bodyRate
        if !isKept || messages != timedMessages {
            // Unsent output has waited since the first of it could not be sent.
            if next != .write || wait != .write { waitingSince = now }
            if next == .head || next == .body { messageSince = now }
            wait = next
            timedMessages = messages
        }
        return step
    }
}

extension Connection {
    /// Waits for more of a head or body, unless it is below the minimum rate or over its total limit.
    private mutating func continueWaiting(
        for next: ConnectionTimeout, _ limit: UInt64, in context: StepContext,
        output: inout [UInt8]
    ) {
        let elapsed = context.now - messageSince
        let bytes = incoming?.request.body.count ?? unparsed.count
        guard elapsed < limit, MinimumRate.isMet(bytes: bytes, in: elapsed) else {
            if let request = incoming?.request {
                return refuse(.requestTimeout, request, in: context, output: &output)
            }
            let input = unparsed
            return refuse(.requestTimeout, input: input.span, in: context, output: &output)
        }
        wait = next
        waitingSince = context.now
    }

    private var currentWait: ConnectionTimeout? {
        if hasUnsent { return .write }
        switch phase {
        case .head:
            // An empty line alone does not begin a request.
            guard unparsed.isEmpty || parser.isAtStart && !isStalled else { return .head }
            return hasBegun ? .idle : .start
        case .body: return .body
        case .dispatched, .closed: return nil
        case .ending, .draining: return .linger
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
