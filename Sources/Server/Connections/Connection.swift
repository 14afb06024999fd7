import HTTP
import System

/// One HTTP/1.1 connection as a pure state machine: no socket, no clock, no thread (RFC 9112 §9).
///
/// It is told what happened (bytes, the end of the input, an answer, an expired wait, bytes sent)
/// and appends what has to be sent to the output it is handed. Requests are handled strictly one
/// after the other, so answers are in order by construction: while one is away on a lane nothing
/// more is parsed. Memory is owned only while bytes are in flight: input is parsed where the loop
/// received it and only an incomplete rest is copied; output is kept only when it could not be
/// sent at once. Confined to its loop.
struct Connection {
    /// The most bytes of a body.
    static let bodyLimit = 65_536
    /// Nothing more is parsed while more output than this is unsent, in bytes.
    static let outputLimit = 65_536
    /// The most bytes that are read and dropped after the last answer: enough for a proxy that has
    /// begun to pass on a body too large to find our answer instead of a reset connection.
    static let drainLimit = 1_048_576

    /// Where a connection stands.
    enum Phase {
        /// Between requests or within a head.
        case head
        /// Within a body.
        case body
        /// A request is on a lane.
        case away
        /// The last answer is being sent; input no longer counts.
        case ending
        /// The last answer is sent; input is dropped until the client closes.
        case draining
        /// Over.
        case closed
    }

    /// A request whose body is being read.
    struct Incoming {
        /// The request so far.
        var request: Request
        /// Removes the framing of its body.
        var decoder: BodyDecoder
    }

    /// What of a request decides how its answer is written.
    struct AnswerForm {
        /// Whether the content is left out (HEAD).
        var omitsBody = false
        /// The minor version of the request.
        var minorVersion: UInt8 = 1
        /// Whether the connection may go on after it.
        var isPersistent = false
    }

    /// The other end.
    let peer: Peer
    /// Through which it came in.
    let listener: ListenerRole
    /// Where the connection stands.
    var phase = Phase.head
    /// Parses heads; knows how far it scanned an incomplete one.
    var parser: HeadParser
    /// The request whose body is being read, in phase `body`.
    var incoming: Incoming?
    /// How the request in hand has to be answered.
    var form = AnswerForm()
    /// Heads that were completed, wrapping: tells one wait from the next of its kind.
    var messages: UInt32 = 0
    /// Whether parsing stopped with requests left in the input, because too much was unsent.
    var isStalled = false
    /// Output that could not be sent at once, from `firstUnsent` on.
    private(set) var unsent: [UInt8] = []
    /// The index of the first byte of `unsent` that is not sent.
    private(set) var firstUnsent = 0
    /// What is waited for; nil while nothing limits it.
    private(set) var wait: ConnectionTimeout? = .start
    /// When that wait began, in nanoseconds of the monotonic clock.
    private(set) var waitingSince: UInt64
    /// When the wait for the rest of the head or body began that is being read.
    private var messageSince: UInt64 = 0

    private var rest: [UInt8] = []
    private var inputEnded = false
    /// Whether a byte ever came.
    private var hasBegun = false
    private var discarded = 0
    private var timedMessages: UInt32 = 0

    /// A connection that was just accepted.
    ///
    /// - Parameters:
    ///   - peer: The other end.
    ///   - listener: Through which it came in.
    ///   - limits: The bounds of its heads.
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

    /// Whether output waits for the socket to take it.
    var hasUnsent: Bool { !unsent.isEmpty }

    /// Whether input is left that can be parsed now.
    var canResume: Bool { isStalled && unsent.isEmpty }

    /// Whether input should be received now.
    var wantsInput: Bool {
        guard unsent.isEmpty, !isStalled, !inputEnded else { return false }
        switch phase {
        case .head, .body, .draining: return true
        case .away, .ending, .closed: return false
        }
    }
}

extension Connection {
    /// Takes bytes that were received.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the input.
    ///   - turn: What the loop lends.
    ///   - output: What has to be sent is appended.
    /// - Returns: A request to be answered on a lane; nothing is parsed until `answer`.
    mutating func receive(
        _ bytes: Span<UInt8>, in turn: Turn, output: inout [UInt8]
    ) -> Forward? {
        hasBegun = true
        switch phase {
        case .head, .body, .away: break
        case .draining:
            discarded += bytes.count
            if discarded > Self.drainLimit { phase = .closed }
            return nil
        case .ending, .closed: return nil
        }
        guard rest.isEmpty else {
            rest.append(copying: bytes)
            return resume(in: turn, output: &output)
        }
        let (used, forward) = advance(bytes, in: turn, output: &output)
        if used < bytes.count { rest.append(copying: bytes.extracting(droppingFirst: used)) }
        return forward
    }

    /// Takes the end of the input: what was asked before is still answered.
    mutating func endInput() {
        inputEnded = true
        switch phase {
        case .head, .body:
            if !isStalled { phase = .ending }
        case .draining: phase = .closed
        case .away, .ending, .closed: break
        }
    }

    /// Goes on with input that was left when parsing stalled.
    ///
    /// - Returns: As `receive`.
    mutating func resume(in turn: Turn, output: inout [UInt8]) -> Forward? {
        var input: [UInt8] = []
        swap(&input, &rest)
        let (used, forward) = advance(input.span, in: turn, output: &output)
        if used < input.count {
            input.removeFirst(used)
            rest = input
        }
        // What is incomplete now stays incomplete.
        if inputEnded, !isStalled, phase == .head || phase == .body { phase = .ending }
        return forward
    }

    /// Takes the answer to the request that is away, and goes on with the input behind it.
    ///
    /// - Returns: As `receive`.
    mutating func answer(
        _ response: Response, in turn: Turn, output: inout [UInt8]
    ) -> Forward? {
        guard case .away = phase else { return nil }
        finish(response, in: turn, output: &output)
        guard case .head = phase else { return nil }
        return resume(in: turn, output: &output)
    }

    /// Ends a wait that took too long; a head or body that is slow, but fast enough, is waited for
    /// again.
    ///
    /// - Parameters:
    ///   - wait: The wait.
    ///   - limits: How long waits may last.
    ///   - turn: What the loop lends.
    ///   - output: What has to be sent is appended.
    mutating func expire(
        _ wait: ConnectionTimeout, _ limits: TimeoutLimits, in turn: Turn, output: inout [UInt8]
    ) {
        switch wait {
        case .head, .headPace: goOn(waiting: .headPace, limits.head, in: turn, output: &output)
        case .body, .bodyPace: goOn(waiting: .bodyPace, limits.body, in: turn, output: &output)
        case .start, .idle, .write, .linger: phase = .closed
        }
    }

    /// Keeps what the socket did not take of the output of a step.
    mutating func keep(_ output: ArraySlice<UInt8>) {
        unsent.append(contentsOf: output)
    }

    /// Takes note that more of `unsent` was sent.
    mutating func didSend(_ count: Int) {
        firstUnsent += count
        guard firstUnsent >= unsent.count else { return }
        unsent = []
        firstUnsent = 0
        wait = nil
    }

    /// Takes note that the socket is broken.
    mutating func fail() {
        phase = .closed
    }

    /// Ends a step: says what the socket needs and what is waited for from now on.
    mutating func settle(at now: UInt64) -> Step {
        var step = Step.proceed
        if case .ending = phase, unsent.isEmpty {
            phase = inputEnded ? .closed : .draining
            step = .endOutput
        }
        if case .closed = phase { step = .close }

        let next = currentWait
        let isKept =
            next == wait || next == .head && wait == .headPace
            || next == .body && wait == .bodyPace
        if !isKept || messages != timedMessages {
            // Output that is still unsent has waited since the first of it could not be sent.
            if next != .write || wait != .write { waitingSince = now }
            if next == .head || next == .body { messageSince = now }
            wait = next
            timedMessages = messages
        }
        return step
    }
}

extension Connection {
    /// Waits for more of a head or body, unless it is too slow or takes too long as a whole.
    private mutating func goOn(
        waiting pace: ConnectionTimeout, _ limit: UInt64, in turn: Turn, output: inout [UInt8]
    ) {
        let elapsed = turn.now - messageSince
        let bytes = incoming?.request.body.count ?? rest.count
        guard elapsed < limit, Pace.isKept(bytes: bytes, in: elapsed) else {
            if let request = incoming?.request {
                return refuse(.requestTimeout, request, in: turn, output: &output)
            }
            let input = rest
            return refuse(.requestTimeout, input: input.span, in: turn, output: &output)
        }
        wait = pace
        waitingSince = turn.now
    }

    private var currentWait: ConnectionTimeout? {
        if hasUnsent { return .write }
        switch phase {
        case .head:
            // An empty line alone begins no request.
            guard rest.isEmpty || parser.isAtStart && !isStalled else { return .head }
            return hasBegun ? .idle : .start
        case .body: return .body
        case .away, .closed: return nil
        case .ending, .draining: return .linger
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
