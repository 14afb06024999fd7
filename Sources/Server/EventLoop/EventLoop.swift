import Glibc
import HTTP
import System

/// One thread with its own epoll instance and connections.
///
/// Each turn does a bounded amount of work for each connection, one step: at most one receive and one
/// send; who has more comes again in the next turn, after everybody else. Confined to its thread.
final class EventLoop<System: IOBackend> {
    /// After how many turns waits expire although the kernel had more to tell in each of them.
    private static var crowdedTurnsAtMost: Int { 64 }

    /// The loop's surroundings.
    let context: LoopContext
    /// Answers requests of the loop lane.
    let responder: any Responder
    /// The connections.
    var channels = SlotTable<ClientConnection>()
    /// Until when each connection may take.
    var deadlines = Deadlines()
    /// The durations behind them.
    var limits: TimeoutLimits
    /// Where connections come from; none once the server is about to end.
    var listeners: [Listener]
    /// A descriptor to give up when there is none left to refuse a connection with.
    var spare: FileDescriptor?
    /// Until when no connections are accepted because there is no descriptor for them.
    var acceptsAgainAt: UInt64?
    /// The time of this turn, in nanoseconds of the monotonic clock.
    var now: UInt64
    /// Space for what the kernel tells in one turn.
    var events = Poller.Events(capacity: 256)
    /// Until when the loop may go on, once it is told to end.
    var drainDeadline: UInt64?
    /// Who has more to do in the next turn.
    var unfinished: [Token] = []
    /// The steps under way.
    var steps = Batch()
    /// What the responses of this turn say about the time.
    private(set) var date: [UInt8] = []

    private var dateSecond = -1
    private var crowdedTurns = 0

    /// A loop; made on its own thread.
    init(_ context: LoopContext, responder: any Responder) {
        self.context = context
        self.responder = responder
        limits = TimeoutLimits(context.timeouts)
        listeners = context.listeners.all
        spare = context.backend.openSpare()
        now = context.clock()
    }

    /// Works until it is told to end and everything under way is answered.
    func run() {
        while !isFinished { takeTurn() }
        closeAll()
    }

    /// Closes what is left, once everything that can be answered is.
    func closeAll() {
        for token in channels.tokens {
            if let channel = channels[token] { close(channel) }
        }
        publishWaiting()
    }

    /// Waits for events and does what they ask for.
    func takeTurn() {
        let start = now
        let count = context.backend.wait(into: &events, timeout: timeout)
        now = context.clock()
        refreshDate()
        for index in 0..<(count ?? 0) { handle(events[index]) }
        endSteps()
        finishWork()
        endSteps()
        // Only who was late before the wait and had no event in it has been silent: after a stall
        // of the process others are late, too, though the kernel holds what they sent in time.
        if crowdedTurns >= Self.crowdedTurnsAtMost || count.map({ $0 < events.capacity }) == true {
            crowdedTurns = 0
            expireWaits(lateAt: start)
            endSteps()
        } else {
            crowdedTurns += 1
        }
        resumeAccepting()
        publishWaiting()
    }
}

@available(*, unavailable)
extension EventLoop: Sendable {}

extension EventLoop {
    /// What a connection is lent for a step.
    var turn: Connection.Turn {
        Connection.Turn(
            responder: responder, date: date, now: now, isDraining: drainDeadline != nil,
            outputStart: steps.answered.last?.end ?? 0)
    }

    /// Takes a connection in, which has been counted.
    ///
    /// - Parameters:
    ///   - socket: Its socket.
    ///   - peer: Its other end.
    ///   - listener: Through which it came.
    ///   - share: As part of whose share it was counted.
    func open(
        _ socket: consuming FileDescriptor, _ peer: Peer, through listener: ListenerRole,
        countedFor share: AddressPrefix? = nil
    ) {
        let token = channels.reserve()
        let connection = Connection(
            peer: peer, listener: listener, limits: context.headLimits, now: now)
        let channel = ClientConnection(
            socket: socket, token: token, connection: connection, share: share)
        channels[token] = channel
        do {
            try context.backend.add(channel.socket, as: .connection, token: token)
            deadlines.set(token.slot, to: .start, since: now)
        } catch {
            close(channel)
        }
    }

    /// Whether a connection is still the occupant of its place.
    func isOpen(_ channel: ClientConnection) -> Bool { channels[channel.token] === channel }

    /// Closes a connection; what is still under way for it finds it gone.
    func close(_ channel: ClientConnection) {
        guard isOpen(channel) else { return }
        deadlines.set(channel.token.slot, to: nil, since: now)
        channels.remove(channel.token)
        context.connectionLimit.leave()
        if let share = channel.share { context.shares.leave(share) }
    }
}

extension EventLoop {
    /// Whether it was told to end and has nothing left to do.
    var isFinished: Bool {
        guard let drainDeadline else { return false }
        return channels.count == 0 || now >= drainDeadline
    }

    /// How long to wait for events: an idle loop is woken by nothing but them.
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
        date = HTTPDate.format(Int64(second))
    }

    private func handle(_ event: (token: Token, readiness: Readiness)) {
        guard event.token.generation != 0 else {
            if event.token == .mailbox {
                for message in context.mailbox.take() { handle(message) }
            } else if event.token.slot < listeners.count {
                acceptBatch(from: listeners[Int(event.token.slot)])
            }
            return
        }
        // Stale when the connection was closed earlier in this turn.
        guard let channel = channels[event.token] else { return }
        if !event.readiness.isDisjoint(with: [.inputEnds, .hungUp]) { channel.inputEnds = true }
        if event.readiness.contains(.readable) || channel.inputEnds { channel.isReadable = true }
        if event.readiness.contains(.broken) { channel.connection.fail() }
        serve(channel)
    }

    private func handle(_ message: LoopMessage) {
        switch message {
        case .answer(let response, let token):
            guard let channel = channels[token] else { return }
            step(channel) { connection, turn, output in
                connection.answer(response, in: turn, output: &output)
            }
        case .makeRoom:
            if context.connectionLimit.isFull { closeLongestWaiting() }
        case .freeDescriptor: closeLongestWaiting()
        case .timeouts(let timeouts):
            limits = TimeoutLimits(timeouts)
            if drainDeadline != nil { shortenIdleWaits() }
        case .drain(let deadline): drain(until: deadline)
        case .abort: drainDeadline = now
        }
    }

    /// Gives everybody with unfinished work one more step.
    private func finishWork() {
        var tokens: [Token] = []
        swap(&tokens, &unfinished)
        for token in tokens {
            guard let channel = channels[token] else { continue }
            channel.isQueued = false
            serve(channel)
        }
    }

    private func expireWaits(lateAt moment: UInt64) {
        while let (slot, wait) = deadlines.expired(at: moment, limits) {
            // At once: what comes next is listed when the step ends.
            deadlines.set(slot, to: nil, since: now)
            guard let channel = channels[slot] else { continue }
            step(channel) { connection, turn, output in
                connection.expire(wait, limits, in: turn, output: &output)
                return nil
            }
        }
    }
}
