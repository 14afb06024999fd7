import Bytes
import HTTP
import System

extension EventLoop {
    /// The steps of an iteration in three passes: receive from all, answer all, send to all.
    ///
    /// Passes instead of one connection after the other keep the code of each pass in the
    /// processor's caches ("vector packet processing").
    struct Batch {
        /// The most bytes that are received in one pass.
        static var inputBytes: Int { 65_536 }
        /// A pass ends when less than this is left of that.
        static var receiveBytesAtLeast: Int { 16_384 }
        /// Output is sent before the end of the iteration when it is more than this.
        static var outputBytes: Int { 262_144 }

        /// The received input of all connections; its pages are not touched until it is used.
        var input = unsafe [UInt8](unsafeUninitializedCapacity: inputBytes) { _, count in
            count = inputBytes
        }
        /// The connections that it was received from, each with its end in the input.
        var received: [(client: ClientConnection, end: Int)] = []
        /// The output of all connections.
        var output: [UInt8] = []
        /// The connections that it is sent to, each with its end in the output.
        var answered: [(client: ClientConnection, end: Int)] = []
    }

    /// Runs a step: sends unsent output, else parses unparsed input, else receives.
    func serve(_ client: ClientConnection) {
        guard beginStep(of: client) else { return }
        if client.connection.hasUnsent { sendRest(of: client) }
        if client.connection.canResume {
            beginOutput()
            finish(client, client.connection.resume(in: stepContext, output: &batch.output))
        } else if client.isReadable, client.connection.wantsInput {
            receive(client)
        } else {
            finish(client, nil)
        }
    }

    /// Runs a step in which a connection may answer; its output is sent when the batch ends.
    ///
    /// - Parameters:
    ///   - client: The connection.
    ///   - body: Returns a request to forward to a lane.
    func step(
        _ client: ClientConnection,
        _ body: (inout Connection, Connection.StepContext, inout [UInt8]) -> ForwardedRequest?
    ) {
        guard beginStep(of: client) else { return }
        beginOutput()
        finish(client, body(&client.connection, stepContext, &batch.output))
    }

    /// Ends the current batch: answers what was received and sends the output.
    func endBatch() {
        answerReceived()
        send()
    }

    /// Makes sure that the previous step of a connection has ended.
    ///
    /// - Returns: Whether the connection is still open.
    private func beginStep(of client: ClientConnection) -> Bool {
        if client.isInStep { endBatch() }
        return isOpen(client)
    }

    /// The output of a step begins where that of the step before it ends.
    private func beginOutput() {
        stepContext.outputStart = batch.answered.last?.end ?? 0
    }
}

extension EventLoop {
    private func receive(_ client: ClientConnection) {
        let start = batch.received.last?.end ?? 0
        switch context.backend.receive(client.socket, into: &batch.input, from: start) {
        case .done(0):
            client.isReadable = false
            client.connection.endInput()
        case .done(let count):
            let end = start + count
            client.isReadable = end == Batch.inputBytes || client.inputEnds
            client.isInStep = true
            batch.received.append((client, end))
            if Batch.inputBytes - end < Batch.receiveBytesAtLeast { answerReceived() }
            return
        case .wouldBlock: client.isReadable = false
        case .failed: client.connection.fail()
        }
        finish(client, nil)
    }

    private func answerReceived() {
        let (count, containsSecret) = answerInput()
        batch.received.removeAll(keepingCapacity: true)
        if containsSecret { wipe(&batch.input, first: count) }
    }

    /// Answers or forwards all requests in the input.
    ///
    /// - Returns: How many bytes that were, and whether they include a body to wipe.
    private func answerInput() -> (count: Int, containsSecret: Bool) {
        let input = batch.input
        var start = 0
        var containsSecret = false
        for (client, end) in batch.received {
            beginOutput()
            let forward = client.connection.receive(
                input.span.extracting(start..<end), in: stepContext, output: &batch.output)
            if forward?.wipesBody == true { containsSecret = true }
            finish(client, forward)
            start = end
        }
        return (start, containsSecret)
    }

    /// Queues a forwarded request, and records where the output of the step ends.
    private func finish(_ client: ClientConnection, _ forward: ForwardedRequest?) {
        var forward = forward
        while let request = forward, let refusal = submit(request, of: client) {
            let response = responder.refuse(refusal, request: request.request)
            forward = client.connection.answer(response, in: stepContext, output: &batch.output)
        }
        client.isInStep = true
        batch.answered.append((client, batch.output.count))
        if batch.output.count > Batch.outputBytes { send() }
    }

    /// Queues a request on its lane.
    ///
    /// - Returns: The refusal; nil when the request is queued.
    private func submit(_ request: ForwardedRequest, of client: ClientConnection) -> Refusal? {
        guard let pool = context.lanes[request.lane] else {
            return .overloaded(retryAfterSeconds: 1)
        }
        do throws(Refusal) {
            try pool.submit(
                Job(
                    forwarded: request, token: client.token, loopQueue: context.loopQueue,
                    deadline: now + pool.maximumWait))
            return nil
        } catch {
            return error
        }
    }
}

extension EventLoop {
    /// Sends the output of all answered connections and ends their steps.
    private func send() {
        var start = 0
        for (client, end) in batch.answered {
            client.isInStep = false
            send(start..<end, to: client)
            start = end
            finishStep(of: client)
        }
        batch.answered.removeAll(keepingCapacity: true)
        batch.output.removeAll(keepingCapacity: batch.output.capacity <= 2 * Batch.outputBytes)
    }

    private func send(_ range: Range<Int>, to client: ClientConnection) {
        guard !range.isEmpty else { return }
        guard !client.connection.hasUnsent else {
            client.connection.keep(batch.output[range])
            return
        }
        switch context.backend.send(client.socket, batch.output, in: range) {
        case .done(range.count): break
        case .done(let count): client.connection.keep(batch.output[range].dropFirst(count))
        case .wouldBlock: client.connection.keep(batch.output[range])
        case .failed: client.connection.fail()
        }
    }

    private func sendRest(of client: ClientConnection) {
        let (bytes, start) = (client.connection.unsent, client.connection.firstUnsent)
        switch context.backend.send(client.socket, bytes, in: start..<bytes.count) {
        case .done(let count): client.connection.didSend(count)
        case .wouldBlock: break
        case .failed: client.connection.fail()
        }
    }

    /// Applies the end of a step to the socket and updates the deadline.
    private func finishStep(of client: ClientConnection) {
        switch client.connection.endStep(at: now) {
        case .close:
            close(client)
            return
        case .endOutput: context.backend.endOutput(client.socket)
        case .proceed: break
        }
        deadlines.set(
            client.token.slot, to: client.connection.wait, since: client.connection.waitingSince)
        let hasMore =
            client.connection.canResume || client.isReadable && client.connection.wantsInput
        guard hasMore, !client.isQueued else { return }
        client.isQueued = true
        unfinished.append(client.token)
    }
}
