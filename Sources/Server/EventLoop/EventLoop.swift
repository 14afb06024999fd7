import Glibc
import HTTP
import System

/// One thread with its own epoll instance and connections.
///
/// An iteration does a bounded amount of work for each connection, one step: at most one receive
/// and one send; a connection with more work continues in the next iteration, after all others.
/// Confined to its thread.
final class EventLoop<System: IOBackend> {
    /// The number of iterations with a full event list after which timeouts expire nevertheless.
    private static var fullIterationsAtMost: Int { 64 }

    /// What the loop shares with the rest of the server.
    let context: LoopContext
    /// What the loop provides for a step.
    let stepContext: Connection.StepContext
    /// The connections.
    var clients = SlotTable<ClientConnection>()
    /// When each connection times out.
    var deadlines = Deadlines()
    /// The limits of the timeouts.
    var limits: TimeoutLimits
    /// The listening sockets; none during shutdown.
    var listeners: [Listener]
    /// A descriptor to close when none is left to accept and refuse a connection with.
    var spare: FileDescriptor?
    /// Until when accepting is paused because there is no descriptor.
    var acceptsAgainAt: UInt64?
    /// The events of one iteration.
    var events = Poller.Events(capacity: 256)
    /// Until when the loop may run during shutdown.
    var drainDeadline: UInt64? {
        didSet { stepContext.isDraining = drainDeadline != nil }
    }
    /// The connections with more work for the next iteration.
    var unfinished: [Token] = []
    /// The steps of this iteration.
    var batch = Batch()

    private var dateSecond = -1
    private var fullIterations = 0

    /// Creates a loop; to be called on its own thread.
    init(_ context: LoopContext, responder: any Responder) {
        self.context = context
        stepContext = Connection.StepContext(responder: responder, now: context.clock())
        limits = TimeoutLimits(context.timeouts)
        listeners = context.listeners.all
        spare = context.backend.openSpare()
    }

    /// Runs until the server shuts down and all requests in progress are answered.
    func run() {
        while !isFinished { runIteration() }
        closeAll()
    }

    /// Closes the connections that are left after a shutdown.
    func closeAll() {
        for token in clients.tokens {
            if let client = clients[token] { close(client) }
        }
        publishWaiting()
    }

    /// Waits for events and handles them.
    func runIteration() {
        let start = now
        let count = context.backend.wait(into: &events, timeout: timeout)
        stepContext.now = context.clock()
        refreshDate()
        for index in 0..<(count ?? 0) { handle(events[index]) }
        endBatch()
        finishWork()
        endBatch()
        // Only a connection that was overdue before the wait and had no event in it has timed out:
        // after the process was suspended others are overdue too, with their input in the kernel.
        if fullIterations >= Self.fullIterationsAtMost
            || count.map({ $0 < events.capacity }) == true
        {
            fullIterations = 0
            expireWaits(lateAt: start)
            endBatch()
        } else {
            fullIterations += 1
        }
        resumeAccepting()
        publishWaiting()
    }
}

@available(*, unavailable)
extension EventLoop: Sendable {}

extension EventLoop {
    /// The time of this iteration, in nanoseconds of the monotonic clock.
    var now: UInt64 { stepContext.now }

    /// Answers requests of the loop lane.
    var responder: any Responder { stepContext.responder }

    /// Opens a connection that has been counted.
    ///
    /// - Parameters:
    ///   - socket: Its socket.
    ///   - peer: Its peer.
    ///   - listener: The listener that accepted it.
    ///   - share: The share that it counts towards.
    func open(
        _ socket: consuming FileDescriptor, _ peer: Peer, through listener: ListenerRole,
        countedFor share: AddressPrefix? = nil
    ) {
        let token = clients.reserve()
        let connection = Connection(
            peer: peer, listener: listener, limits: context.headLimits, now: now)
        let client = ClientConnection(
            socket: socket, token: token, connection: connection, share: share)
        clients[token] = client
        do {
            try context.backend.add(client.socket, as: .connection, token: token)
            deadlines.set(token.slot, to: .start, since: now)
        } catch {
            close(client)
        }
    }

    /// Whether a connection is still in its slot.
    func isOpen(_ client: ClientConnection) -> Bool { clients[client.token] === client }

    /// Closes a connection; a response that is still in progress will not find it.
    func close(_ client: ClientConnection) {
        guard isOpen(client) else { return }
        deadlines.set(client.token.slot, to: nil, since: now)
        clients.remove(client.token)
        context.connectionLimit.leave()
        if let share = client.share { context.shares.leave(share) }
    }
}

extension EventLoop {
    /// Whether the loop is shutting down and has nothing left to do.
    var isFinished: Bool {
        guard let drainDeadline else { return false }
        return clients.count == 0 || now >= drainDeadline
    }

    /// How long to wait for events, in milliseconds; -1 without a limit: an idle loop never wakes up.
    var timeout: Int32 {
        guard unfinished.isEmpty else { return 0 }
        var earliest = deadlines.next(limits) ?? .max
        earliest = min(earliest, acceptsAgainAt ?? .max, drainDeadline ?? .max)
        return earliest == .max ? -1 : earliest.milliseconds(after: now)
    }

    private func refreshDate() {
        let second = context.backend.seconds()
        guard second != dateSecond else { return }
        dateSecond = second
        stepContext.date = HTTPDate.format(Int64(second))
    }

    private func handle(_ event: (token: Token, readiness: Readiness)) {
        guard event.token.generation != 0 else {
            if event.token == .loopQueue {
                for message in context.loopQueue.take() { handle(message) }
            } else if event.token.slot < listeners.count {
                acceptBatch(from: listeners[Int(event.token.slot)])
            }
            return
        }
        // Stale when the connection was closed earlier in this iteration.
        guard let client = clients[event.token] else { return }
        if !event.readiness.isDisjoint(with: [.inputEnds, .hungUp]) { client.inputEnds = true }
        if event.readiness.contains(.readable) || client.inputEnds { client.isReadable = true }
        if event.readiness.contains(.broken) { client.connection.fail() }
        serve(client)
    }

    private func handle(_ message: LoopMessage) {
        switch message {
        case .response(let response, let token):
            guard let client = clients[token] else { return }
            step(client) { connection, stepContext, output in
                connection.answer(response, in: stepContext, output: &output)
            }
        case .freeConnection:
            if context.connectionLimit.isFull { closeLongestWaiting() }
        case .freeDescriptor: closeLongestWaiting()
        case .timeouts(let timeouts):
            limits = TimeoutLimits(timeouts)
            if drainDeadline != nil { shortenIdleWaits() }
        case .drain(let deadline): drain(until: deadline)
        case .abort: drainDeadline = now
        }
    }

    /// Gives every connection with unfinished work one more step.
    private func finishWork() {
        var tokens: [Token] = []
        swap(&tokens, &unfinished)
        for token in tokens {
            guard let client = clients[token] else { continue }
            client.isQueued = false
            serve(client)
        }
    }

    private func expireWaits(lateAt moment: UInt64) {
        while let (slot, wait) = deadlines.expired(at: moment, limits) {
            // Removed first: the next timeout is set when the step ends.
            deadlines.set(slot, to: nil, since: now)
            guard let client = clients[slot] else { continue }
            step(client) { connection, stepContext, output in
                connection.expire(wait, limits, in: stepContext, output: &output)
                return nil
            }
        }
    }
}
