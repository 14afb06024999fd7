import HTTP

extension Connection {
    /// Parses as many messages as there are and answers those of the loop lane, all into one
    /// output.
    ///
    /// - Returns: How many bytes of the input are done with, and a request that goes to a lane.
    mutating func advance(
        _ input: Span<UInt8>, in turn: Turn, output: inout [UInt8]
    ) -> (used: Int, forward: Forward?) {
        var position = 0
        isStalled = false
        while position < input.count {
            let remaining = input.extracting(droppingFirst: position)
            do {
                switch phase {
                case .head:
                    if output.count - turn.outputStart + unsent.count - firstUnsent
                        > Self.outputLimit
                    {
                        isStalled = true
                        return (position, nil)
                    }
                    guard var head = try parser.parse(remaining) else { return (position, nil) }
                    position += head.length
                    let bodyFollows = position < input.count
                    let forward = begin(&head, bodyFollows, in: turn, output: &output)
                    if let forward { return (position, forward) }
                case .body:
                    let (used, forward) = try readBody(remaining, in: turn, output: &output)
                    position += used
                    if forward != nil || phase == .body { return (position, forward) }
                case .away: return (position, nil)
                case .ending, .draining, .closed: return (input.count, nil)
                }
            } catch {
                reject(error, at: remaining, in: turn, output: &output)
            }
        }
        return (position, nil)
    }

    /// Answers with a refusal of the server's own and ends the connection.
    ///
    /// - Parameters:
    ///   - refusal: Why.
    ///   - request: The request it concerns, where its head is known.
    ///   - turn: What the loop lends.
    ///   - output: Where the answer is appended.
    mutating func refuse(
        _ refusal: Refusal, _ request: Request?, in turn: Turn, output: inout [UInt8]
    ) {
        if request == nil { form = AnswerForm() }
        end(with: turn.responder.refuse(refusal, request: request), in: turn, output: &output)
    }

    /// Refuses input that is no request, or not yet, and ends the connection.
    ///
    /// - Parameters:
    ///   - refusal: Why.
    ///   - input: From where the request should begin.
    ///   - turn: What the loop lends.
    ///   - output: Where the answer is appended.
    mutating func refuse(
        _ refusal: Refusal, input: Span<UInt8>, in turn: Turn, output: inout [UInt8]
    ) {
        form = AnswerForm()
        // Behind a message it may be what its length left out of a body, a password among it.
        let count = messages == 0 ? min(input.count, UnreadableInput.maximumStart) : 0
        let start = (0..<count).map { input[$0] }
        let unreadable = UnreadableInput(peer: peer, listener: listener, start: start)
        end(
            with: turn.responder.refuse(refusal, input: unreadable), in: turn, output: &output)
    }

    /// Appends an answer; the connection goes on after it where both sides want that.
    mutating func finish(_ response: Response, in turn: Turn, output: inout [UInt8]) {
        let closes = !form.isPersistent || turn.isDraining
        response.serialize(
            into: &output, date: turn.date, omitsBody: form.omitsBody,
            minorVersion: form.minorVersion, closes: closes)
        phase = closes ? .ending : .head
    }
}

extension Connection {
    /// Takes a complete head: answers it, or prepares for its body.
    private mutating func begin(
        _ head: inout HeadParser.Head, _ bodyFollows: Bool, in turn: Turn, output: inout [UInt8]
    ) -> Forward? {
        head.request.peer = peer
        head.request.listener = listener
        head.request.arrival = turn.now
        messages &+= 1
        form = AnswerForm(
            omitsBody: head.request.method == .head, minorVersion: head.request.minorVersion,
            isPersistent: head.request.isPersistent)
        do {
            let decoder = try BodyDecoder(framing: head.framing, limit: Self.bodyLimit)
            if decoder.isComplete { return dispatch(head.request, in: turn, output: &output) }
            incoming = Incoming(request: head.request, decoder: decoder)
            phase = .body
        } catch {
            incoming = nil
            refuseBody(head.request, error, in: turn, output: &output)
            return nil
        }
        // A client that already sends its body does not wait for leave (RFC 9110 §10.1.1).
        guard head.expectsContinue, !bodyFollows else { return nil }
        if let refusal = turn.responder.screen(head.request) {
            end(with: refusal, in: turn, output: &output)
        } else {
            output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
        }
        return nil
    }

    private mutating func readBody(
        _ input: Span<UInt8>, in turn: Turn, output: inout [UInt8]
    ) throws(MessageError) -> (used: Int, forward: Forward?) {
        // Moved out and back, so that the body is appended to in place and never copied.
        guard var message = incoming else { return (input.count, nil) }
        incoming = nil
        let used: Int
        do {
            used = try message.decoder.decode(input, into: &message.request.body)
        } catch {
            message.request.body = []
            incoming = message
            throw error
        }
        guard message.decoder.isComplete else {
            incoming = message
            return (used, nil)
        }
        return (used, dispatch(message.request, in: turn, output: &output))
    }

    private mutating func dispatch(
        _ request: Request, in turn: Turn, output: inout [UInt8]
    ) -> Forward? {
        switch turn.responder.respond(to: request, on: .loop) {
        case .answer(let response):
            finish(response, in: turn, output: &output)
            return nil
        case .forward(let lane):
            phase = .away
            return Forward(request: request, lane: lane)
        }
    }

    private mutating func reject(
        _ error: MessageError, at input: Span<UInt8>, in turn: Turn, output: inout [UInt8]
    ) {
        if let request = incoming?.request {
            refuseBody(request, error, in: turn, output: &output)
        } else {
            refuse(.message(error), input: input, in: turn, output: &output)
        }
    }

    /// Refuses a body; one that is too large after what else is wrong with its head.
    private mutating func refuseBody(
        _ request: Request, _ error: MessageError, in turn: Turn, output: inout [UInt8]
    ) {
        if error == .contentTooLarge, let refusal = turn.responder.screen(request) {
            end(with: refusal, in: turn, output: &output)
        } else {
            refuse(.message(error), request, in: turn, output: &output)
        }
    }

    private mutating func end(
        with response: Response, in turn: Turn, output: inout [UInt8]
    ) {
        response.serialize(
            into: &output, date: turn.date, omitsBody: form.omitsBody,
            minorVersion: form.minorVersion, closes: true)
        incoming = nil
        phase = .ending
    }
}
