import HTTP

extension Connection {
    /// Parses all complete messages and answers those of the loop lane, into one output.
    ///
    /// - Returns: How many bytes of the input were consumed, and a request to forward to a lane.
    mutating func advance(
        _ input: Span<UInt8>, in context: StepContext, output: inout [UInt8]
    ) -> (used: Int, forward: ForwardedRequest?) {
        var position = 0
        isStalled = false
        while position < input.count {
            let remaining = input.extracting(droppingFirst: position)
            do {
                switch phase {
                case .head:
                    if output.count - context.outputStart + unsent.count - firstUnsent
                        > Self.outputLimit
                    {
                        isStalled = true
                        return (position, nil)
                    }
                    guard var head = try parser.parse(remaining) else { return (position, nil) }
                    position += head.length
                    let bodyFollows = position < input.count
                    let forward = begin(&head, bodyFollows, in: context, output: &output)
                    if let forward { return (position, forward) }
                case .body:
                    let (used, forward) = try readBody(remaining, in: context, output: &output)
                    position += used
                    if forward != nil || phase == .body { return (position, forward) }
                case .dispatched: return (position, nil)
                case .ending, .draining, .closed: return (input.count, nil)
                }
            } catch {
                reject(error, at: remaining, in: context, output: &output)
            }
        }
        return (position, nil)
    }

    /// Answers with a refusal of the server itself and ends the connection.
    ///
    /// - Parameters:
    ///   - refusal: The reason.
    ///   - request: The request, if its head is known.
    ///   - context: What the loop provides.
    ///   - output: The response is appended to it.
    mutating func refuse(
        _ refusal: Refusal, _ request: Request?, in context: StepContext, output: inout [UInt8]
    ) {
        if request == nil { form = ResponseForm() }
        end(with: context.responder.refuse(refusal, request: request), in: context, output: &output)
    }

    /// Refuses input that is not or not yet a request and ends the connection.
    ///
    /// - Parameters:
    ///   - refusal: The reason.
    ///   - input: The input from where the request should begin.
    ///   - context: What the loop provides.
    ///   - output: The response is appended to it.
    mutating func refuse(
        _ refusal: Refusal, input: Span<UInt8>, in context: StepContext, output: inout [UInt8]
    ) {
        form = ResponseForm()
        // After a message it may be the rest of a body with a wrong length, with a password in it.
        let count = messages == 0 ? min(input.count, UnreadableInput.maximumStart) : 0
        let start = (0..<count).map { input[$0] }
        let unreadable = UnreadableInput(peer: peer, listener: listener, start: start)
        end(
            with: context.responder.refuse(refusal, input: unreadable), in: context, output: &output
        )
    }

    /// Appends a response; the connection persists if both sides want that.
    ///
    /// A dropped one closes it instead.
    mutating func finish(_ response: Response, in context: StepContext, output: inout [UInt8]) {
        guard !response.isDropped else {
            phase = .closed
            return
        }
        let closes = !form.isPersistent || context.isDraining
        response.serialize(
            into: &output, date: context.date, omitsBody: form.omitsBody,
            minorVersion: form.minorVersion, closes: closes)
        phase = closes ? .ending : .head
    }
}

extension Connection {
    /// Processes a complete head: answers it, or prepares for its body.
    private mutating func begin(
        _ head: inout HeadParser.Head, _ bodyFollows: Bool, in context: StepContext,
        output: inout [UInt8]
    ) -> ForwardedRequest? {
        head.request.peer = peer
        head.request.listener = listener
        head.request.arrival = context.now
        messages &+= 1
        form = ResponseForm(
            omitsBody: head.request.method == .head, minorVersion: head.request.minorVersion,
            isPersistent: head.request.isPersistent)
        do {
            let decoder = try BodyDecoder(framing: head.framing, limit: Self.bodyLimit)
            if decoder.isComplete { return dispatch(head.request, in: context, output: &output) }
            incoming = Incoming(request: head.request, decoder: decoder)
            phase = .body
        } catch {
            incoming = nil
            refuseBody(head.request, error, in: context, output: &output)
            return nil
        }
        // A client that already sends its body does not wait for 100 (Continue) (RFC 9110 §10.1.1).
        guard head.expectsContinue, !bodyFollows else { return nil }
        if let refusal = context.responder.screen(head.request) {
            end(with: refusal, in: context, output: &output)
        } else {
            output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
        }
        return nil
    }

    private mutating func readBody(
        _ input: Span<UInt8>, in context: StepContext, output: inout [UInt8]
    ) throws(MessageError) -> (used: Int, forward: ForwardedRequest?) {
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
        return (used, dispatch(message.request, in: context, output: &output))
    }

    private mutating func dispatch(
        _ request: Request, in context: StepContext, output: inout [UInt8]
    ) -> ForwardedRequest? {
        switch context.responder.respond(to: request, on: .loop) {
        case .answer(let response):
            finish(response, in: context, output: &output)
            return nil
        case .forward(let lane, let wipesBody):
            phase = .dispatched
            return ForwardedRequest(request, lane: lane, wipesBody: wipesBody)
        }
    }

    private mutating func reject(
        _ error: MessageError, at input: Span<UInt8>, in context: StepContext, output: inout [UInt8]
    ) {
        if let request = incoming?.request {
            refuseBody(request, error, in: context, output: &output)
        } else {
            refuse(.message(error), input: input, in: context, output: &output)
        }
    }

    /// Refuses a body; an oversized one only if its head is otherwise acceptable.
    private mutating func refuseBody(
        _ request: Request, _ error: MessageError, in context: StepContext, output: inout [UInt8]
    ) {
        if error == .contentTooLarge, let refusal = context.responder.screen(request) {
            end(with: refusal, in: context, output: &output)
        } else {
            refuse(.message(error), request, in: context, output: &output)
        }
    }

    private mutating func end(
        with response: Response, in context: StepContext, output: inout [UInt8]
    ) {
        response.serialize(
            into: &output, date: context.date, omitsBody: form.omitsBody,
            minorVersion: form.minorVersion, closes: true)
        incoming = nil
        phase = .ending
    }
}
