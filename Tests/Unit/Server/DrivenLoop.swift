import Glibc
import HTTP
import System
import Synchronization

@testable import Server

/// Time that passes only when a test says so.
final class FakeClock: Sendable {
    private let nanoseconds = Atomic<UInt64>(0)
    private let meanwhile = Mutex<(@Sendable () -> Void)?>(nil)

    /// The time; what was to happen before somebody asks happens first, once.
    func now() -> UInt64 {
        let happening = meanwhile.withLock { $0.take() }
        happening?()
        return nanoseconds.load(ordering: .relaxed)
    }

    /// Lets time pass.
    func advance(by duration: Duration) {
        nanoseconds.add(duration.nanoseconds, ordering: .relaxed)
    }

    /// Does this when the time is asked for next, before it is told.
    func beforeNext(_ happening: @escaping @Sendable () -> Void) {
        meanwhile.withLock { $0 = happening }
    }
}

/// The loops of a server, without their threads: a test lets each take its turns.
final class DrivenLoops {
    /// The time of the loops.
    let clock = FakeClock()
    /// Counts their connections.
    let connectionLimit: ConnectionLimit
    /// Counts those of each peer.
    let shares: PeerShares
    /// Their lanes, on which nobody works.
    let lanes: Lanes
    /// The ways into them.
    let mailboxes: [LoopQueue]
    /// The loops.
    private(set) var loops: [EventLoop<Poller>] = []
    /// Answers for all of them.
    let responder = FakeResponder()

    /// Loops that watch these sockets.
    init(
        _ count: Int = 1, listeners: [Listener] = [], maximumConnections: Int = 10_000,
        isTrusted: @escaping @Sendable (IPAddress) -> Bool = { _ in false },
        accept: @escaping @Sendable (borrowing FileDescriptor) -> AcceptResult = {
            AcceptResult.next(from: $0)
        }
    ) throws {
        connectionLimit = ConnectionLimit(maximum: maximumConnections)
        shares = PeerShares(of: maximumConnections, isUnlimited: isTrusted)
        mailboxes = try (0..<count).map { _ in try LoopQueue() }
        let shared = Listeners(listeners, holders: count)
        lanes = try Lanes(ServerConfiguration(listen: []))
        for mailbox in mailboxes {
            let poller = try Poller()
            try poller.add(
                mailbox.counter.descriptor, as: .mailbox, token: .mailbox)
            for (index, listener) in listeners.enumerated() {
                let token = Token(slot: UInt32(index), generation: 0)
                try poller.add(listener.descriptor, as: .listener, token: token)
            }
            let (clock, lanes) = (clock, lanes)
            let context = EventLoop<Poller>.LoopContext(
                backend: poller, mailbox: mailbox, loops: mailboxes, listeners: shared,
                lanes: lanes, connectionLimit: connectionLimit, shares: shares,
                timeouts: Timeouts(), accept: accept,
                clock: { clock.now() })
            loops.append(EventLoop(context, responder: responder))
        }
    }

    /// The first loop.
    var loop: EventLoop<Poller> { loops[0] }

    /// A connection that a loop has taken in, and not looked at.
    ///
    /// - Returns: The client's end.
    func connect(_ index: Int = 0, through listener: ListenerRole = .public) -> Client {
        var ends: [Int32] = [-1, -1]
        let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue
        socketpair(AF_UNIX, Int32(kind), 0, &ends)
        _ = fcntl(ends[1], F_SETFL, 0)
        _ = connectionLimit.enter()
        loops[index].open(FileDescriptor(owning: ends[0]), .local(user: nil), through: listener)
        loops[index].publishWaiting()
        return Client(adopting: FileDescriptor(owning: ends[1]))
    }

    /// Lets a loop take this many turns, none of which waits.
    func turn(_ index: Int = 0, times: Int = 1) {
        for _ in 0..<times {
            // Something is always there to be told.
            mailboxes[index].post(.timeouts(Timeouts()))
            loops[index].takeTurn()
        }
    }
}
