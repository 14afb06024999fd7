/// Who has which connection; what the pool's lock protects.
struct PoolState {
    /// What a thread that needs a connection does next.
    enum Turn {
        /// Use this one, after a look whether it is alive.
        case take(ConnectionSlot)
        /// Wait for one.
        case wait
        /// Give up: there is none, and none can be opened.
        case refuse(PostgreSQLError)
    }

    /// The most connections.
    let size: Int
    /// Open ones that no thread uses, the one used last at the end.
    private(set) var idle: [ConnectionSlot] = []
    /// How many are in use.
    private(set) var inUse = 0
    /// Those that wait, in the order of their arrival.
    private(set) var waiters: [PoolWaiter] = []
    /// Why the latest attempt to open one failed; nil after a success.
    private(set) var failure: PostgreSQLError?
    /// Whether it is closed.
    private(set) var isClosed = false
    /// When a server answered last on a connection that was returned, in nanoseconds of the monotonic clock.
    private(set) var answeredAt: UInt64 = 0
    /// Connections that were opened.
    private(set) var opened: UInt64 = 0
    /// Attempts that failed.
    private(set) var failures: UInt64 = 0
    /// Connections that were lost.
    private(set) var lost: UInt64 = 0

    /// No connections yet.
    init(size: Int) {
        self.size = max(1, size)
    }

    /// Connections that are open.
    var open: Int { idle.count + inUse }

    /// Whether another one is needed: a thread waits, or there is none at all.
    var needsConnection: Bool { !isClosed && open < size && (open == 0 || !waiters.isEmpty) }

    /// Begins the turn of a thread that needs a connection.
    mutating func begin() -> Turn {
        guard !isClosed else { return .refuse(.poolClosed) }
        if let slot = idle.popLast() {
            inUse += 1
            return .take(slot)
        }
        // A thread that waited would wait in vain, and its request with it.
        if let failure, open == 0 { return .refuse(failure) }
        return .wait
    }

    /// Adds a thread to those that wait.
    mutating func wait(_ waiter: PoolWaiter) {
        waiters.append(waiter)
    }

    /// Removes a thread that has given up.
    mutating func giveUp(_ waiter: PoolWaiter) {
        waiters.removeAll { $0 === waiter }
    }

    /// Gives a connection to the thread that has waited longest, or keeps it.
    ///
    /// - Parameters:
    ///   - slot: An open connection.
    ///   - isNew: Whether it was opened just now, and not in use before.
    mutating func put(_ slot: ConnectionSlot, isNew: Bool) {
        if isNew {
            opened += 1
            failure = nil
        } else {
            inUse -= 1
        }
        answeredAt = max(answeredAt, slot.answeredAt)
        guard !isClosed else { return }
        while !waiters.isEmpty {
            if waiters.removeFirst().give(.success(slot)) {
                inUse += 1
                return
            }
        }
        idle.append(slot)
    }

    /// Notes that a connection in use is no longer.
    mutating func drop(isLost: Bool) {
        inUse -= 1
        if isLost { lost += 1 }
    }

    /// Drops the connections that no thread uses and on which the server has not answered since a time.
    ///
    /// - Parameter time: In nanoseconds of the monotonic clock; 0 drops none.
    /// - Returns: Those that were dropped; they close when they are gone.
    mutating func dropIdle(silentSince time: UInt64) -> [ConnectionSlot] {
        let silent = idle.filter { $0.answeredAt < time }
        guard !silent.isEmpty else { return [] }
        idle.removeAll { $0.answeredAt < time }
        lost += UInt64(silent.count)
        return silent
    }

    /// Notes that no connection could be opened; those that wait for the first one wait no longer.
    mutating func fail(_ error: PostgreSQLError) {
        failures += 1
        failure = error
        if open == 0 { refuseWaiters(error) }
    }

    /// Closes it: connections that are returned are closed.
    mutating func close() {
        isClosed = true
        idle = []
        refuseWaiters(.poolClosed)
    }

    private mutating func refuseWaiters(_ error: PostgreSQLError) {
        for waiter in waiters { _ = waiter.give(.failure(error)) }
        waiters = []
    }
}

extension PostgreSQLError {
    /// The store is closed.
    static let poolClosed = PostgreSQLError(kind: .closed, message: "the store is closed")
}
