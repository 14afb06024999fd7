import HTTP
import Linux

extension EventLoop {
    private static let acceptsAtOnce = 16
    private static let pause = Duration.milliseconds(100)

    /// Takes connections from a listening socket; the kernel tells again while there are more.
    func acceptBatch(from listener: Listener) {
        for _ in 0..<Self.acceptsAtOnce {
            switch surroundings.accept(listener.descriptor) {
            case .connection(let socket, let peer): admit(socket, peer)
            case .drained: return
            case .skipped: continue
            case .exhausted:
                if closeLongestIdle() { continue }
                guard turnAway(listener) else {
                    pauseAccepting()
                    return
                }
            }
        }
    }

    /// Watches the listening sockets again, once a pause for lack of descriptors is over.
    func resumeAccepting() {
        guard let moment = acceptsAgainAt, moment <= now else { return }
        acceptsAgainAt = nil
        if spare == nil { spare = SystemCall.openSpare() }
        for index in listeners.indices { watch(index) }
    }

    /// Takes a connection in, at the bound in place of one that is idle.
    private func admit(_ socket: consuming FileDescriptor, _ peer: Peer) {
        let census = surroundings.census
        if census.enter() || (closeLongestIdle() && census.enter()) {
            open(socket, peer)
        } else {
            refuse(socket)
        }
    }

    /// Tells a connection that there is no room, as far as that is possible without waiting.
    private func refuse(_ socket: consuming FileDescriptor) {
        var answer: [UInt8] = []
        responder.refuse(.tooManyConnections, request: nil).serialize(
            into: &answer, date: date, omitsBody: false, minorVersion: 1, closes: true)
        _ = SystemCall.send(socket, answer)
        SystemCall.endOutput(socket)
        // Closing on unread input would reset the connection and destroy the answer.
        var dropped = [UInt8](repeating: 0, count: 16_384)
        _ = SystemCall.receive(socket, into: &dropped)
    }

    /// Gives up the spare descriptor to accept one connection and close it at once: better for
    /// its client than to wait in a queue that nobody serves.
    ///
    /// - Returns: Whether a connection was turned away.
    private func turnAway(_ listener: Listener) -> Bool {
        guard spare != nil else { return false }
        spare = nil
        defer { spare = SystemCall.openSpare() }
        if case .exhausted = surroundings.accept(listener.descriptor) { return false }
        return true
    }

    /// Stops to watch the listening sockets for a while: they stay readable, and a loop that can
    /// take nothing from them would spin.
    private func pauseAccepting() {
        guard acceptsAgainAt == nil else { return }
        acceptsAgainAt = now + Self.pause.nanoseconds
        for listener in listeners { surroundings.poller.remove(listener.descriptor) }
    }

    private func watch(_ index: Int) {
        let token = Token(slot: UInt32(index), generation: 0)
        do {
            try surroundings.poller.add(listeners[index].descriptor, as: .listener, token: token)
        } catch {
            // No memory for the watch: try again after another pause.
            acceptsAgainAt = now + Self.pause.nanoseconds
        }
    }
}
