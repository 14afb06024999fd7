import Glibc
import HTTP
import System

extension EventLoop {
    private static var acceptsAtOnce: Int { 16 }
    private static var pause: Duration { .milliseconds(100) }

    /// Accepts connections from a listening socket; the poller reports it again while more wait.
    ///
    /// - Parameters:
    ///   - listener: The socket.
    ///   - limit: The most connections to accept.
    func acceptBatch(from listener: Listener, atMost limit: Int = acceptsAtOnce) {
        for _ in 0..<limit {
            switch accept(from: listener) {
            case .connection(let socket, let peer): admit(socket, peer, listener.role)
            case .skipped: continue
            case .drained: return
            case .exhausted: return pauseAccepting()
            case .failed: return pauseAccepting()
            case .ended:
                // The socket stays readable for ever and will never have a connection.
                return context.backend.remove(listener.descriptor)
            }
        }
    }

    /// Watches the listening sockets again after a pause.
    func resumeAccepting() {
        guard let moment = acceptsAgainAt, moment <= now else { return }
        acceptsAgainAt = nil
        if spare == nil { spare = context.backend.openSpare() }
        for index in listeners.indices { watch(index) }
    }

    /// The timeouts of a connection that has not sent a complete request.
    private static var waitsForRequest: [ConnectionTimeout] {
        [.idle, .start, .head, .headRate, .body, .bodyRate]
    }

    /// Closes the connection that has waited longest for its client to send a complete request.
    ///
    /// One that has begun a request is closed like an idle one: otherwise clients that send one byte
    /// each could use all connections.
    ///
    /// - Returns: False when every connection has a request in progress.
    @discardableResult
    func closeLongestWaiting() -> Bool {
        endBatch()
        guard let (slot, _) = deadlines.oldest(of: Self.waitsForRequest),
            let client = clients[slot]
        else { return false }
        close(client)
        return true
    }

    /// Publishes for the other loops how long this one has waited for a complete request.
    func publishWaiting() {
        context.loopQueue.waitingSince =
            deadlines.oldest(of: Self.waitsForRequest)?.since ?? .max
    }
}

extension EventLoop {
    /// Accepts a connection; at the limit it replaces one without a complete request.
    private func admit(
        _ socket: consuming FileDescriptor, _ peer: Peer, _ listener: ListenerRole
    ) {
        let (connectionLimit, shares) = (context.connectionLimit, context.shares)
        switch listener {
        case .public:
            let share = shares.share(of: peer)
            if let share, !shares.enter(share) { return refuse(socket) }
            guard connectionLimit.enter() || enterInPlaceOfWaiting() else {
                if let share { shares.leave(share) }
                return refuse(socket)
            }
            open(socket, peer, through: listener, countedFor: share)
        case .admin:
            guard connectionLimit.enter(beyond: ConnectionLimit.overshoot + ConnectionLimit.reserve)
            else {
                return refuse(socket)
            }
            open(socket, peer, through: listener)
        }
    }

    /// Counts a connection beyond the limit, in place of one without a complete request.
    ///
    /// When the loop with the longest-waiting connection cannot close it fast enough, this loop closes
    /// one of its own instead of refusing the new connection.
    private func enterInPlaceOfWaiting() -> Bool {
        let connectionLimit = context.connectionLimit
        guard freeConnection() else { return false }
        var isAdmitted = connectionLimit.enter(beyond: ConnectionLimit.overshoot)
        // Repeated when another loop has taken the place first.
        while !isAdmitted, closeLongestWaiting() {
            isAdmitted = connectionLimit.enter(beyond: ConnectionLimit.overshoot)
        }
        return isAdmitted
    }

    /// Closes the longest-waiting connection of any loop.
    ///
    /// - Parameter message: The message for another loop.
    /// - Returns: False when every connection of every loop has a request in progress.
    @discardableResult
    private func freeConnection(telling message: LoopMessage = .freeConnection) -> Bool {
        // Connections with events in this iteration may or may not be waiting.
        endBatch()
        publishWaiting()
        var holder: LoopQueue?
        var earliest = UInt64.max
        for loop in context.loops {
            let since = loop.waitingSince
            guard since < earliest else { continue }
            earliest = since
            holder = loop
        }
        guard let holder else { return false }
        if holder === context.loopQueue { return closeLongestWaiting() }
        holder.post(message)
        return true
    }

    /// Answers that the limit is reached, as far as that is possible without blocking.
    private func refuse(_ socket: consuming FileDescriptor) {
        context.connectionLimit.countRefusal()
        var answer: [UInt8] = []
        responder.refuse(.tooManyConnections, request: nil).serialize(
            into: &answer, date: stepContext.date, omitsBody: false, minorVersion: 1, closes: true)
        _ = context.backend.send(socket, answer, in: answer.indices)
        context.backend.endOutput(socket)
        // Closing with unread input would reset the connection and discard the response.
        var dropped = [UInt8](repeating: 0, count: 16_384)
        _ = context.backend.receive(socket, into: &dropped, from: 0)
    }

    private func accept(from listener: Listener) -> AcceptResult {
        switch context.accept(listener.descriptor) {
        case .exhausted: return acceptWithSpare(from: listener)
        case let accepted: return accepted
        }
    }

    /// Accepts a connection with the spare descriptor, in place of one without a complete request.
    ///
    /// accept4(2) needs a descriptor before it checks for a waiting connection: the spare one finds
    /// that out before another connection has to be closed. When none can be closed, the new one is:
    /// better for its client than to wait in a queue that is not served.
    private func acceptWithSpare(from listener: Listener) -> AcceptResult {
        guard spare != nil else {
            // The descriptor that this frees becomes the spare one after the pause.
            freeConnection(telling: .freeDescriptor)
            return .exhausted
        }
        spare = nil
        defer { spare = context.backend.openSpare() }
        switch context.accept(listener.descriptor) {
        case .connection(let socket, let peer):
            if freeConnection(telling: .freeDescriptor) { return .connection(socket, peer) }
            context.connectionLimit.countRefusal()
            return .skipped
        case let nothing: return nothing
        }
    }

    /// Stops watching the listening sockets for a while: they stay readable, and a loop that cannot
    /// accept from them would spin.
    private func pauseAccepting() {
        guard acceptsAgainAt == nil else { return }
        acceptsAgainAt = now + Self.pause.nanoseconds
        for listener in listeners { context.backend.remove(listener.descriptor) }
    }

    private func watch(_ index: Int) {
        let token = Token(slot: UInt32(index), generation: 0)
        do {
            try context.backend.add(listeners[index].descriptor, as: .listener, token: token)
        } catch {
            // It may be watched already, because another one could not be after the last pause.
            guard error.code != EEXIST else { return }
            // No memory for the watch: try again after another pause.
            acceptsAgainAt = now + Self.pause.nanoseconds
        }
    }
}
