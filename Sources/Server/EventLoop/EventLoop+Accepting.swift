import Glibc
import HTTP
import System

extension EventLoop {
    private static var acceptsAtOnce: Int { 16 }
    private static var pause: Duration { .milliseconds(100) }

    /// Takes connections from a listening socket; the kernel tells again while there are more.
    ///
    /// - Parameters:
    ///   - listener: The socket.
    ///   - limit: The most connections.
    func acceptBatch(from listener: Listener, atMost limit: Int = acceptsAtOnce) {
        for _ in 0..<limit {
            switch accept(from: listener) {
            case .connection(let socket, let peer): admit(socket, peer, listener.role)
            case .skipped: continue
            case .drained: return
            case .exhausted: return pauseAccepting()
            case .failed: return pauseAccepting()
            case .ended:
                // It stays ready for ever, with nothing to give.
                return context.backend.remove(listener.descriptor)
            }
        }
    }

    /// Watches the listening sockets again, once a pause is over.
    func resumeAccepting() {
        guard let moment = acceptsAgainAt, moment <= now else { return }
        acceptsAgainAt = nil
        if spare == nil { spare = context.backend.openSpare() }
        for index in listeners.indices { watch(index) }
    }

    /// The waits of a connection that has not sent a whole request.
    private static var waitsForRequest: [ConnectionTimeout] {
        [.idle, .start, .head, .headPace, .body, .bodyPace]
    }

    /// Closes the connection that has been waited for longest without a whole request of it.
    ///
    /// One that began a request goes like an idle one: or as many as there may be, with a byte each,
    /// would keep everybody else out.
    ///
    /// - Returns: False when every connection has a request under way.
    @discardableResult
    func closeLongestWaiting() -> Bool {
        endSteps()
        guard let (slot, _) = deadlines.oldest(of: Self.waitsForRequest),
            let channel = channels[slot]
        else { return false }
        close(channel)
        return true
    }

    /// Tells the other loops since when this one has waited for a whole request.
    func publishWaiting() {
        context.mailbox.waitingSince =
            deadlines.oldest(of: Self.waitsForRequest)?.since ?? .max
    }
}

extension EventLoop {
    /// Takes a connection in, at the bound in place of one without a whole request.
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

    /// Counts a connection beyond the bound, in place of one without a whole request.
    ///
    /// When so many come at once that the loop which has the longest-waiting one has not kept up, one
    /// of this loop's own goes: it is no reason to turn anybody away.
    private func enterInPlaceOfWaiting() -> Bool {
        let connectionLimit = context.connectionLimit
        guard makeRoom() else { return false }
        var isAdmitted = connectionLimit.enter(beyond: ConnectionLimit.overshoot)
        // Again where another loop was quicker to fill the place.
        while !isAdmitted, closeLongestWaiting() {
            isAdmitted = connectionLimit.enter(beyond: ConnectionLimit.overshoot)
        }
        return isAdmitted
    }

    /// Lets the connection go that has been waited for longest, whichever loop has it.
    ///
    /// - Parameter message: What another loop is told.
    /// - Returns: False when every connection of every loop has a request under way.
    @discardableResult
    private func makeRoom(telling message: LoopMessage = .makeRoom) -> Bool {
        // Who was heard of in this turn may be waited for, or not.
        endSteps()
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
        if holder === context.mailbox { return closeLongestWaiting() }
        holder.post(message)
        return true
    }

    /// Tells a connection that there is no room, as far as that is possible without waiting.
    private func refuse(_ socket: consuming FileDescriptor) {
        context.connectionLimit.countRefusal()
        var answer: [UInt8] = []
        responder.refuse(.tooManyConnections, request: nil).serialize(
            into: &answer, date: date, omitsBody: false, minorVersion: 1, closes: true)
        _ = context.backend.send(socket, answer, in: answer.indices)
        context.backend.endOutput(socket)
        // Closing on unread input would reset the connection and destroy the answer.
        var dropped = [UInt8](repeating: 0, count: 16_384)
        _ = context.backend.receive(socket, into: &dropped, from: 0)
    }

    private func accept(from listener: Listener) -> AcceptResult {
        switch context.accept(listener.descriptor) {
        case .exhausted: return acceptWithSpare(from: listener)
        case let accepted: return accepted
        }
    }

    /// Takes a connection with the spare descriptor, in place of one without a whole
    /// request.
    ///
    /// accept4(2) wants a descriptor before it looks whether anybody waits: the spare one finds
    /// that out before another connection has to go. Where none can, the newcomer is closed at
    /// once: better for its client than to wait in a queue that nobody serves.
    private func acceptWithSpare(from listener: Listener) -> AcceptResult {
        guard spare != nil else {
            // What this frees is the spare one after the pause.
            makeRoom(telling: .freeDescriptor)
            return .exhausted
        }
        spare = nil
        defer { spare = context.backend.openSpare() }
        switch context.accept(listener.descriptor) {
        case .connection(let socket, let peer):
            if makeRoom(telling: .freeDescriptor) { return .connection(socket, peer) }
            context.connectionLimit.countRefusal()
            return .skipped
        case let nothing: return nothing
        }
    }

    /// Stops to watch the listening sockets for a while: they stay readable, and a loop that can
    /// take nothing from them would spin.
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
