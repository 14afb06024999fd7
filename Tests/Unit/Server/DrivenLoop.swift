import Glibc
import HTTP
import System
import Synchronization

@testable import Server

/// A clock that advances only when a test says so.
final class FakeClock: Sendable {
    private let nanoseconds = Atomic<UInt64>(0)
    private let meanwhile = Mutex<(@Sendable () -> Void)?>(nil)

    /// The time; a pending `beforeNext` action runs first, once.
    func now() -> UInt64 {
        let happening = meanwhile.withLock { $0.take() }
        happening?()
        return nanoseconds.load(ordering: .relaxed)
    }

    /// Advances the time.
    func advance(by duration: Duration) {
        nanoseconds.add(duration.nanoseconds, ordering: .relaxed)
    }

    /// Runs an action at the next reading of the time, before it is returned.
    func beforeNext(_ happening: @escaping @Sendable () -> Void) {
        meanwhile.withLock { $0 = happening }
    }
}

/// The loops of a server without their threads: a test runs each iteration.
final class DrivenLoops {
    /// The time of the loops.
    let clock = FakeClock()
    /// The limit of their connections.
    let connectionLimit: ConnectionLimit
    /// The limit of the connections of each peer.
    let shares: PeerShares
    /// Their lanes, without threads.
    let lanes: Lanes
    /// The queues of the loops.
    let loopQueues: [LoopQueue]
    /// The loops.
    private(set) var loops: [EventLoop<Poller>] = []
    /// The responder of all loops.
    let responder = FakeResponder()

    /// Creates loops that watch these sockets.
    init(
        _ count: Int = 1, listeners: [Listener] = [], maximumConnections: Int = 10_000,
        isTrusted: @escaping @Sendable (IPAddress) -> Bool = { _ in false },
        accept: @escaping @Sendable (borrowing FileDescriptor) -> AcceptResult = {
            AcceptResult.next(from: $0)
        }
    ) throws {
        connectionLimit = ConnectionLimit(maximum: maximumConnections)
        shares = PeerShares(of: maximumConnections, isUnlimited: isTrusted)
        loopQueues = try (0..<count).map { _ in try LoopQueue() }
        let shared = Listeners(listeners, holders: count)
        lanes = try Lanes(ServerConfiguration(listen: []))
        for loopQueue in loopQueues {
            let poller = try Poller()
            try poller.add(
                loopQueue.counter.descriptor, as: .loopQueue, token: .loopQueue)
            for (index, listener) in listeners.enumerated() {
                let token = Token(slot: UInt32(index), generation: 0)
                try poller.add(listener.descriptor, as: .listener, token: token)
            }
            let (clock, lanes) = (clock, lanes)
            let context = EventLoop<Poller>.LoopContext(
                backend: poller, loopQueue: loopQueue, loops: loopQueues, listeners: shared,
                lanes: lanes, connectionLimit: connectionLimit, shares: shares,
                timeouts: Timeouts(), accept: accept,
                clock: { clock.now() })
            loops.append(EventLoop(context, responder: responder))
        }
    }

    /// The first loop.
    var loop: EventLoop<Poller> { loops[0] }

    /// A connection that a loop has accepted and not served yet.
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

    /// Runs this many iterations of a loop, none of which blocks.
    func run(_ index: Int = 0, times: Int = 1) {
        for _ in 0..<times {
            // A message is always queued, so that the wait returns at once.
            loopQueues[index].post(.timeouts(Timeouts()))
            loops[index].runIteration()
        }
    }
}
