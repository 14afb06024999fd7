import HTTP
import System

extension EventLoop {
    /// The steps of a turn, done in three passes: receive from all, answer all, send to all.
    ///
    /// Passes and not one connection after the other, since a processor that goes through the same
    /// code for many connections finds it in its caches ("vector packet processing").
    struct Batch {
        /// How much is received at most in one pass.
        static var inputBytes: Int { 65_536 }
        /// A pass ends where less than this is left of that.
        static var receiveBytesAtLeast: Int { 16_384 }
        /// Output is sent before the end of the turn when it is more than this.
        static var outputBytes: Int { 262_144 }

        /// What was received, connection after connection; a loop that rests has touched none of it.
        var input = unsafe [UInt8](unsafeUninitializedCapacity: inputBytes) { _, count in
            count = inputBytes
        }
        /// Whose it is, and where it ends.
        var received: [(channel: ClientConnection, end: Int)] = []
        /// What has to be sent, connection after connection.
        var output: [UInt8] = []
        /// To whom, and where it ends.
        var answered: [(channel: ClientConnection, end: Int)] = []
    }

    /// Gives a connection its step: sends what is left, else parses what is left, else receives.
    func serve(_ channel: ClientConnection) {
        guard beginStep(of: channel) else { return }
        if channel.connection.hasUnsent { sendRest(of: channel) }
        if channel.connection.canResume {
            finish(channel, channel.connection.resume(in: turn, output: &steps.output))
        } else if channel.isReadable, channel.connection.wantsInput {
            receive(channel)
        } else {
            finish(channel, nil)
        }
    }

    /// Lets a connection answer; what it appends to the output is sent when the steps end.
    ///
    /// - Parameters:
    ///   - channel: Whose step it is.
    ///   - body: Returns a request that goes to a lane.
    func step(
        _ channel: ClientConnection,
        _ body: (inout Connection, Connection.Turn, inout [UInt8]) -> Connection.Forward?
    ) {
        guard beginStep(of: channel) else { return }
        finish(channel, body(&channel.connection, turn, &steps.output))
    }

    /// Ends the steps under way: answers what was received, and sends the output.
    func endSteps() {
        answerReceived()
        send()
    }

    /// Sees to it that the last step of a connection has ended.
    ///
    /// - Returns: Whether the connection outlived it.
    private func beginStep(of channel: ClientConnection) -> Bool {
        if channel.isInStep { endSteps() }
        return isOpen(channel)
    }
}

extension EventLoop {
    private func receive(_ channel: ClientConnection) {
        let start = steps.received.last?.end ?? 0
        switch context.backend.receive(channel.socket, into: &steps.input, from: start) {
        case .done(0):
            channel.isReadable = false
            channel.connection.endInput()
        case .done(let count):
            let end = start + count
            channel.isReadable = end == Batch.inputBytes || channel.inputEnds
            channel.isInStep = true
            steps.received.append((channel, end))
            if Batch.inputBytes - end < Batch.receiveBytesAtLeast { answerReceived() }
            return
        case .wouldBlock: channel.isReadable = false
        case .failed: channel.connection.fail()
        }
        finish(channel, nil)
    }

    private func answerReceived() {
        let (count, holdsPassword) = answerInput()
        steps.received.removeAll(keepingCapacity: true)
        if holdsPassword { ProcessHardening.wipe(&steps.input, first: count) }
    }

    /// Answers everything in the input, or hands it over.
    ///
    /// - Returns: How many bytes that were, and whether a password may be among them.
    private func answerInput() -> (count: Int, holdsPassword: Bool) {
        let input = steps.input
        var turn = turn
        var start = 0
        var holdsPassword = false
        for (channel, end) in steps.received {
            turn.outputStart = steps.answered.last?.end ?? 0
            let forward = channel.connection.receive(
                input.span.extracting(start..<end), in: turn, output: &steps.output)
            if forward?.lane == .hashing { holdsPassword = true }
            finish(channel, forward)
            start = end
        }
        return (start, holdsPassword)
    }

    /// Hands over what goes to a lane, and notes where the output of the step ends.
    private func finish(_ channel: ClientConnection, _ forward: Connection.Forward?) {
        var forward = forward
        while let job = forward, let refusal = submit(job, of: channel) {
            let response = responder.refuse(refusal, request: job.request)
            forward = channel.connection.answer(response, in: turn, output: &steps.output)
        }
        channel.isInStep = true
        steps.answered.append((channel, steps.output.count))
        if steps.output.count > Batch.outputBytes { send() }
    }

    /// Queues a request on its lane.
    ///
    /// - Returns: Why it is refused; nil where it is queued.
    private func submit(_ forward: Connection.Forward, of channel: ClientConnection) -> Refusal? {
        guard let pool = context.lanes[forward.lane] else {
            return .overloaded(retryAfterSeconds: 1)
        }
        do throws(Refusal) {
            try pool.submit(
                Job(
                    request: forward.request, token: channel.token, mailbox: context.mailbox,
                    deadline: now + pool.patience))
            return nil
        } catch {
            return error
        }
    }
}

extension EventLoop {
    /// Sends the output of everybody who was answered, and sees what comes next for each.
    private func send() {
        var start = 0
        for (channel, end) in steps.answered {
            channel.isInStep = false
            send(start..<end, to: channel)
            start = end
            settle(channel)
        }
        steps.answered.removeAll(keepingCapacity: true)
        steps.output.removeAll(keepingCapacity: steps.output.capacity <= 2 * Batch.outputBytes)
    }

    private func send(_ range: Range<Int>, to channel: ClientConnection) {
        guard !range.isEmpty else { return }
        guard !channel.connection.hasUnsent else {
            channel.connection.keep(steps.output[range])
            return
        }
        switch context.backend.send(channel.socket, steps.output, in: range) {
        case .done(range.count): break
        case .done(let count): channel.connection.keep(steps.output[range].dropFirst(count))
        case .wouldBlock: channel.connection.keep(steps.output[range])
        case .failed: channel.connection.fail()
        }
    }

    private func sendRest(of channel: ClientConnection) {
        let (bytes, start) = (channel.connection.unsent, channel.connection.firstUnsent)
        switch context.backend.send(channel.socket, bytes, in: start..<bytes.count) {
        case .done(let count): channel.connection.didSend(count)
        case .wouldBlock: break
        case .failed: channel.connection.fail()
        }
    }

    /// Does with the socket what the connection wants, and notes what it waits for.
    private func settle(_ channel: ClientConnection) {
        switch channel.connection.settle(at: now) {
        case .close:
            close(channel)
            return
        case .endOutput: context.backend.endOutput(channel.socket)
        case .proceed: break
        }
        deadlines.set(
            channel.token.slot, to: channel.connection.wait, since: channel.connection.waitingSince)
        let hasMore =
            channel.connection.canResume || channel.isReadable && channel.connection.wantsInput
        guard hasMore, !channel.isQueued else { return }
        channel.isQueued = true
        unfinished.append(channel.token)
    }
}
